package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays the sessions in {@code src/test/resources/cli}, each in a fresh folder with the images
 * {@code plain.png}, {@code palette.bmp}, a file {@code notes.txt} and three small files in {@code
 * models}. In a session, {@code $} begins a command, {@code !} a line on standard error, {@code =>}
 * an exit code other than 0. {@code mvn test -Dtests.options=-Dsessions=write} writes them anew.
 */
class CommandSessionsTest {
  private static final Path SESSIONS = Path.of("src", "test", "resources", "cli");
  private static final Path IMAGES = Path.of("src", "test", "resources", "images");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("sessions")
  void sessionIsAsWritten(String name) throws IOException {
    for (String image : List.of("plain.png", "palette.bmp")) {
      Files.copy(IMAGES.resolve(image), folder.resolve(image));
    }
    Files.writeString(folder.resolve("notes.txt"), "no image\n");
    for (String model : List.of("checkpoints/sea.safetensors", "loras/wave.pt", "loras/copy.pt")) {
      Path file = folder.resolve("models").resolve(model);
      Files.createDirectories(file.getParent());
      Files.writeString(file, model.startsWith("loras") ? "a small model\n" : "another model\n");
    }
    Path file = SESSIONS.resolve(name);
    String written = Files.readString(file);
    String played = play(written);
    if ("write".equals(System.getProperty("sessions"))) {
      Files.writeString(file, played);
    }
    assertThat(played).isEqualTo(written);
  }

  private String play(String written) {
    Session session = new Session(folder);
    StringBuilder played = new StringBuilder();
    for (String line : written.lines().toList()) {
      if (line.startsWith("$ ")) {
        played.append(line).append('\n');
        append(played, session.run(line.substring(2)));
      } else if (line.startsWith("# ")) {
        played.append(line).append("\n\n");
      }
    }
    return played.toString();
  }

  private static void append(StringBuilder played, Session.Run run) {
    run.out().forEach(line -> played.append(line).append('\n'));
    run.err().forEach(line -> played.append("! ").append(line).append('\n'));
    if (run.exitCode() != 0) {
      played.append("=> ").append(run.exitCode()).append('\n');
    }
  }

  static List<String> sessions() throws IOException {
    try (Stream<Path> files = Files.list(SESSIONS)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
