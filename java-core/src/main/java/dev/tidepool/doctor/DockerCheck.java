package dev.tidepool.doctor;

import dev.tidepool.process.Ended;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at Docker: its client and its engine may be of very different ages. */
final class DockerCheck {
  private static final String NAME = "Docker";
  private static final String FOR = "Only tests in containers need it: ";

  /** The oldest API that current clients and libraries speak by themselves. */
  private static final double OLDEST_API = 1.44;

  private final Programs programs;

  DockerCheck(Programs programs) {
    this.programs = programs;
  }

  Check run() {
    Optional<Path> docker = programs.find("docker");
    if (docker.isEmpty()) {
      return Check.optional(NAME, "not installed", FOR + "sudo apt install docker.io");
    }
    String client =
        programs
            .firstLine(docker.get(), "--version")
            .map(line -> line.replaceFirst("^Docker version ([^,]+).*", "$1"))
            .orElse("?");
    Ended engine =
        programs.run(
            docker.get(), "version", "--format", "{{.Server.Version}} {{.Server.APIVersion}}");
    List<String> lines = engine.lines();
    if (!engine.succeeded() || lines.isEmpty()) {
      return Check.optional(
          NAME,
          "client " + client + ", no engine answers",
          FOR + "sudo systemctl start docker, or start dockerd as root");
    }
    String[] words = lines.get(lines.size() - 1).split(" ");
    String api = words.length > 1 ? words[1] : "0";
    String found = "client " + client + ", engine " + words[0] + " (API " + api + ")";
    return isOld(api)
        ? Check.optional(
            NAME, found, "The engine is old; programs need: export DOCKER_API_VERSION=" + api)
        : Check.ok(NAME, found);
  }

  private static boolean isOld(String api) {
    try {
      return Double.parseDouble(api) < OLDEST_API;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
