package dev.tidepool.cli;

import dev.tidepool.environment.Environment;
import dev.tidepool.environment.WorkspaceFile;
import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs typical commands so that the JVM learns which classes they load. The launcher starts it once
 * per Java version and kind of commands, with an empty folder to work in, when it makes the archive
 * for a fast start.
 */
public final class Training {
  private static final List<String> POOLS =
      List.of(
          "profile create Sea",
          "profile list",
          "profile list --json",
          "profile rename Sea Ocean",
          "pool list Ocean",
          "pool list Ocean --json",
          "profile export Ocean ocean.zip",
          "profile import ocean.zip",
          "profile delete Ocean",
          "profile delete nothing --json",
          "profile list --help");

  private static final List<String> MODELS =
      List.of(
          "models index models",
          "models index",
          "models list",
          "models list --json",
          "models show models/checkpoints/1.safetensors",
          "models show models/checkpoints/2.safetensors --json",
          "models list --verify",
          "models prune",
          "models list --help");

  private static final List<String> ENVIRONMENTS =
      List.of(
          "models index models",
          "status",
          "commit -m Two",
          "status",
          "status --json",
          "commit",
          "workflow list",
          "export --offline --output studio.tar.gz",
          "bundle inspect studio.tar.gz",
          "import studio.tar.gz --name arrived --no-interactive",
          "rollback v1 --yes",
          "rollback v2",
          "list",
          "log --env training",
          "log --env training --json",
          "diff --env training",
          "diff v1 v2 --env training --json",
          "rollback v1 --env training --yes",
          "log --help",
          "--help",
          "nothing");

  private static final List<String> NODES =
      List.of(
          "node add training-pack --env training",
          "node list --env training",
          "node list --env training --json",
          "node remove training-pack --env training",
          "node add training-pack --env training");

  private static final int MODEL_FILES = 32;

  private static final String WORKFLOW =
      """
      {"last_node_id":2,"last_link_id":1,
       "nodes":[{"id":1,"type":"CheckpointLoaderSimple","pos":[0,0],"size":[1,1],"order":0,"mode":0,
                 "outputs":[{"name":"MODEL","type":"MODEL","links":[1]}],
                 "properties":{"Node name for S&R":"CheckpointLoaderSimple"},
                 "widgets_values":["1.safetensors"]},
                {"id":2,"type":"KSampler","pos":[9,9],"size":[1,1],"order":1,"mode":0,
                 "inputs":[{"name":"model","type":"MODEL","link":1}],"outputs":[],
                 "properties":{},"widgets_values":[0,"fixed",20,8,"euler","normal",1]}],
       "links":[[1,1,0,2,0,"MODEL"]],"groups":[],"version":0.4}
      """;

  private static final String LOCK =
      """
      version = 1
      requires-python = ">=3.11"

      [[package]]
      name = "comfydock-env-studio"
      version = "0.1.0"
      source = { virtual = "." }
      """;

  private Training() {}

  /**
   * Takes two arguments: the folder to work in, and {@code pools}, {@code models}, {@code
   * environments} or {@code nodes}. What a kind has no use for is not made, so that its archive
   * does not get it either.
   */
  public static void main(String[] arguments) throws IOException {
    Main.prepareLogging();
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Interruption interruption = Interruption.of(Thread.currentThread());
    Terminal.ofProcess(interruption).flush();
    switch (arguments[1]) {
      case "pools" -> run(POOLS, folder, Map.of());
      case "models" -> {
        makeModels(folder);
        run(MODELS, folder, Map.of());
      }
      case "environments" -> {
        makeAll(folder);
        run(ENVIRONMENTS, folder, Map.of());
      }
      case "nodes" -> {
        makeAll(folder);
        try (TrainingRegistry registry = TrainingRegistry.start()) {
          run(NODES, folder, Map.of("TIDEPOOL_REGISTRY_URL", registry.address()));
        }
      }
      default -> throw new IllegalArgumentException(arguments[1]);
    }
    interruption.finished(ExitCode.DONE);
  }

  private static void makeAll(Path folder) throws IOException {
    makeModels(folder);
    makeEnvironment(new Workspace(folder.resolve("home")));
    TrainingEnvironment.make(folder.resolve("home"));
    TrainingMachine.make(folder);
  }

  private static void run(List<String> commands, Path folder, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("TIDEPOOL_BASE", folder.resolve("base").toString());
    environment.put("TIDEPOOL_HOME", folder.resolve("home").toString());
    environment.put("PATH", TrainingMachine.programs(folder).toString());
    environment.put("HOME", folder.toString());
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Dispatcher dispatcher =
        new Dispatcher(
            new Terminal(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                environment,
                folder,
                folder,
                Clock.systemUTC(),
                false,
                false,
                false,
                Interruption.none()));
    for (String command : commands) {
      dispatcher.run(command.split(" "));
    }
  }

  /** Enough for the JVM to learn also how hashing goes, which an archive of Java 25 keeps. */
  private static void makeModels(Path folder) throws IOException {
    Path checkpoints = Files.createDirectories(folder.resolve("models").resolve("checkpoints"));
    byte[] content = new byte[1 << 20];
    for (int i = 0; i < MODEL_FILES; i++) {
      content[i] = 1;
      Files.write(checkpoints.resolve(i + ".safetensors"), content);
    }
  }

  /** An environment without a ComfyUI and without a Python, with a workflow to commit. */
  private static void makeEnvironment(Workspace workspace) throws IOException {
    String name = "studio";
    Environment environment =
        new Environment(name, workspace.environment(name), new StoreLocks(), Clock.systemUTC());
    Files.createDirectories(environment.liveWorkflows());
    Files.createDirectories(environment.workflows());
    Manifest.Start start =
        new Manifest.Start(
            name, "3.11", new ComfyUiPin("v0.30.0", Optional.empty(), Optional.empty()), "cpu");
    Files.writeString(environment.pyproject(), Manifest.initial(start).text());
    Files.writeString(environment.lock(), LOCK);
    Files.writeString(environment.cec().resolve(".complete"), "");
    History.of(environment.cec(), Clock.systemUTC(), new Identity("training", "training"))
        .create("Initial environment setup");
    Files.writeString(environment.liveWorkflows().resolve("workflow.json"), WORKFLOW);
    new WorkspaceFile(workspace, new StoreLocks(), Clock.systemUTC()).activate(Optional.of(name));
  }
}
