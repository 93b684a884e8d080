package dev.tidepool.cli;

import dev.tidepool.environment.Environment;
import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.WorkflowEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Makes an environment with two versions and a change, without a ComfyUI that could run. */
final class TrainingEnvironment {
  static final String NAME = "training";

  private static final String WORKFLOW =
      """
      {"nodes":[{"id":1,"type":"LoraLoader","widgets_values":["MODEL",1,1],"inputs":[],"outputs":[]}],
      "links":[]}
      """;

  private TrainingEnvironment() {}

  static void make(Path home) throws IOException {
    Path folder = home.resolve("environments").resolve(NAME);
    Environment environment = new Environment(NAME, folder, new StoreLocks(), Clock.systemUTC());
    Files.createDirectories(environment.workflows());
    Files.createDirectories(environment.liveWorkflows());
    Files.createDirectories(environment.customNodes());
    Files.createFile(environment.cec().resolve(".complete"));
    Files.writeString(environment.lock(), "version = 1\n\n[[package]]\nname = \"a\"\n");
    Manifest plain =
        Manifest.initial(
            new Manifest.Start(
                NAME,
                "3.11",
                new ComfyUiPin("v0.3.0", Optional.of("release"), Optional.empty()),
                "cpu"));
    // ComfyDock's manifests have this line, and reading its number takes classes of its own.
    String header = "[tool.comfydock]\n";
    Manifest manifest =
        Manifest.parse(plain.text().replace(header, header + "schema_version = 2\n"));
    Files.writeString(environment.pyproject(), manifest.text());
    write(environment.workflows(), "one");
    History history = environment.history(new Identity("Tidepool", "tidepool@localhost"));
    history.create("Begin");
    Manifest more =
        manifest
            .withNode("pack", NodeEntry.registry("pack", "pack", "1.0"))
            .withWorkflow("a", WorkflowEntry.named("a"));
    Files.writeString(environment.pyproject(), more.text());
    history.commit("More");
    write(environment.liveWorkflows(), "two");
  }

  private static void write(Path folder, String model) throws IOException {
    Files.writeString(folder.resolve("a.json"), WORKFLOW.replace("MODEL", model));
  }
}
