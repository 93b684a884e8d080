package dev.tidepool.cli;

import dev.tidepool.environment.Environment;
import dev.tidepool.environment.WorkspaceFile;
import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.nodepack.RegistryAddress;
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
          "profile rename Sea Größe",
          "profile list",
          "profile rename Größe Ocean",
          "pool list Ocean",
          "pool list Ocean --json",
          "profile export Ocean ocean.zip",
          "profile import ocean.zip",
          "profile delete Ocean",
          "profile delete nothing --json");

  private static final List<String> MODELS =
      List.of(
          "models index models",
          "models index",
          "models list",
          "models list --json",
          "models show models/checkpoints/1.safetensors",
          "models show models/checkpoints/2.safetensors --json",
          "models list --verify",
          "models prune");

  private static final List<String> ENVIRONMENTS =
      List.of(
          "init fresh --no-interactive",
          "status",
          "status --json",
          "status --env training",
          "workflow list",
          "list",
          "log --env training",
          "log --env training --json",
          "diff --env training",
          "diff v1 v2 --env training --json",
          "use other",
          "delete training --yes");

  private static final List<String> VERSIONS =
      List.of(
          "commit -m Two",
          "commit",
          "rollback v1 --yes",
          "rollback v2",
          "commit -m Three --env other",
          "commit -m Four --env other",
          "rollback v1 --env training --yes",
          "rollback v2 --env training --yes");

  private static final List<String> BUNDLES =
      List.of(
          "export --offline --output other.tar.gz --env other",
          "export --offline --output studio.tar.gz",
          "bundle inspect studio.tar.gz",
          "import studio.tar.gz --name arrived --use --no-interactive");

  private static final List<String> NODES =
      List.of(
          "node list --env training",
          "node list --env training --json",
          "node add training-pack --env training",
          "node remove training-pack --env training",
          "node add training-pack --env training");

  private static final List<String> DOWNLOADS =
      List.of("node add training-pack --env training", "node remove training-pack --env training");

  private static final int MODEL_FILES = 3;

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
   * Takes three arguments: the folder to work in; {@code prepare} to make what the commands find,
   * then, in another process, {@code learn} to run them; and {@code pools}, {@code models}, {@code
   * environments}, {@code versions}, {@code bundles} or {@code nodes}. What only preparing needs,
   * such as to download a node pack, is not in the archive then, which each start takes up whole.
   */
  public static void main(String[] arguments) throws IOException {
    new HeadStart().start();
    Main.prepareLogging();
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Interruption interruption = Interruption.of(Thread.currentThread());
    Terminal.ofProcess(interruption).flush();
    switch (arguments[1]) {
      case "prepare" -> prepare(folder, arguments[2]);
      case "learn" -> learn(folder, arguments[2]);
      default -> throw new IllegalArgumentException(arguments[1]);
    }
    // How a process ends takes classes too.
    Main.end(interruption, ExitCode.DONE);
  }

  private static void prepare(Path folder, String kind) throws IOException {
    if (kind.equals("pools")) {
      return;
    }
    run(List.of("init home --no-interactive"), folder, Map.of());
    makeModels(folder);
    if (kind.equals("models")) {
      return;
    }
    makeEnvironment(new Workspace(folder.resolve("home")));
    TrainingEnvironment.make(folder.resolve("home"), "training");
    TrainingEnvironment.make(folder.resolve("home"), "other");
    TrainingMachine.make(folder);
    run(List.of("models index models"), folder, Map.of());
    switch (kind) {
      case "bundles" -> run(List.of("commit -m Two"), folder, Map.of());
      // The pack is in the cache then.
      case "nodes" -> ask(DOWNLOADS, folder);
      default -> {}
    }
  }

  private static void learn(Path folder, String kind) throws IOException {
    switch (kind) {
      case "pools" -> run(POOLS, folder, Map.of());
      case "models" -> run(MODELS, folder, Map.of());
      case "environments" -> run(ENVIRONMENTS, folder, Map.of());
      case "versions" -> run(VERSIONS, folder, Map.of());
      case "bundles" -> run(BUNDLES, folder, Map.of());
      case "nodes" -> ask(NODES, folder);
      default -> throw new IllegalArgumentException(kind);
    }
  }

  private static void ask(List<String> commands, Path folder) throws IOException {
    try (TrainingRegistry registry = TrainingRegistry.start()) {
      run(commands, folder, Map.of(RegistryAddress.VARIABLE, registry.address()));
    }
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
