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
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes an environment with two versions and a change. Its ComfyUI and its Python are only what
 * Tidepool looks at.
 */
final class TrainingEnvironment {
  /** Large, and many, as those of people: reading and writing them takes more classes then. */
  private static final int NODES = 40;

  private static final int WORKFLOWS = 20;

  private final Environment environment;

  private TrainingEnvironment(Environment environment) {
    this.environment = environment;
  }

  static void make(Path home, String name) throws IOException {
    Path folder = home.resolve("environments").resolve(name);
    new TrainingEnvironment(new Environment(name, folder, new StoreLocks(), Clock.systemUTC()))
        .make();
  }

  private void make() throws IOException {
    Files.createDirectories(environment.workflows());
    Files.createDirectories(environment.liveWorkflows());
    makeComfyUi();
    makePython();
    Files.createFile(environment.cec().resolve(".complete"));
    Files.writeString(environment.lock(), "version = 1\n\n[[package]]\nname = \"a\"\n");
    Manifest plain =
        Manifest.initial(
            new Manifest.Start(
                environment.name(),
                "3.11",
                new ComfyUiPin("v0.3.0", Optional.of("release"), Optional.empty()),
                "cpu"));
    // ComfyDock's manifests have this line, and reading its number takes classes of its own.
    String header = "[tool.comfydock]\n";
    Manifest manifest =
        Manifest.parse(plain.text().replace(header, header + "schema_version = 2\n"));
    Files.writeString(environment.pyproject(), manifest.text());
    writeAll(environment.workflows(), "one");
    History history = environment.history(new Identity("Tidepool", "tidepool@localhost"));
    history.create("Begin");
    Manifest more =
        manifest
            .withNode("pack", NodeEntry.registry("pack", "pack", "1.0"))
            .withWorkflow("workflow-1", WorkflowEntry.named("workflow-1"));
    Files.writeString(environment.pyproject(), more.text());
    history.commit("More");
    writeAll(environment.liveWorkflows(), "one");
    write(1, environment.liveWorkflows(), "two");
  }

  private void makeComfyUi() throws IOException {
    Files.createDirectories(environment.customNodes());
    Files.createDirectories(environment.comfyUi().resolve("comfy"));
    for (String name : List.of("main.py", "nodes.py", "folder_paths.py", "requirements.txt")) {
      Files.createFile(environment.comfyUi().resolve(name));
    }
  }

  private void makePython() throws IOException {
    Path packages = environment.venv().resolve("lib/python3.11/site-packages");
    Files.createDirectories(packages.resolve("a-1.0.dist-info"));
    Files.createDirectories(environment.venv().resolve("bin"));
    Files.createFile(environment.venv().resolve("bin").resolve("python"));
    Files.writeString(environment.venv().resolve("pyvenv.cfg"), "version_info = 3.11.0\n");
  }

  private static void writeAll(Path folder, String model) throws IOException {
    for (int number = 1; number <= WORKFLOWS; number++) {
      write(number, folder, model);
    }
  }

  private static void write(int number, Path folder, String model) throws IOException {
    String nodes =
        IntStream.rangeClosed(1, NODES)
            .mapToObj(id -> node(id, model))
            .collect(Collectors.joining(","));
    Files.writeString(
        folder.resolve("workflow-" + number + ".json"), "{\"nodes\":[" + nodes + "],\"links\":[]}");
  }

  private static String node(int id, String model) {
    return """
        {"id":%d,"type":"LoraLoader","title":"Größe: %s","pos":[0,0],"size":[1,1],"order":0,"mode":0,
         "widgets_values":["%s.safetensors",1,1],"inputs":[],"outputs":[],"properties":{}}
        """
        .formatted(id, model, model);
  }
}
