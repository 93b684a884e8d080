package dev.tidepool.cli;

import dev.tidepool.bundle.BundleContents;
import dev.tidepool.bundle.BundledModel;
import dev.tidepool.bundle.Signing;
import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.comfyui.Graphics;
import dev.tidepool.comfyui.Source;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.Environments;
import dev.tidepool.environment.Preferences;
import dev.tidepool.environment.Torch;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.Identity;
import dev.tidepool.http.PublicAddresses;
import dev.tidepool.importing.ImportPlan;
import dev.tidepool.importing.ImportReport;
import dev.tidepool.importing.ImportRequest;
import dev.tidepool.importing.ImportTools;
import dev.tidepool.importing.Importing;
import dev.tidepool.importing.MergeQuestions;
import dev.tidepool.importing.StagedBundle;
import dev.tidepool.io.Beside;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.loader.InstalledComfyUi;
import dev.tidepool.loader.Loaders;
import dev.tidepool.node.InstallScripts;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PythonTools;
import dev.tidepool.python.VirtualEnvironment;
import dev.tidepool.resolution.Asking;
import dev.tidepool.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An import as {@code import} and {@code create --from} do it. */
final class OpenImport {
  static final String SKIP_MODELS = "--skip-models";
  static final String SKIP_NODES = "--skip-nodes";
  static final String NEVER_ASK = "--no-interactive";
  static final String VERIFY = "--verify";
  static final String PRIVATE = "--allow-private";
  static final String RUN_INSTALL = "--run-install";
  static final String COMFYUI = "--comfyui";
  static final String TORCH = "--torch";

  private final Arguments arguments;
  private final Terminal terminal;
  private final Workspace workspace;
  private final Environments environments;
  private final NodeQuestions questions;

  OpenImport(Arguments arguments, Terminal terminal) {
    this.arguments = arguments;
    this.terminal = terminal;
    this.workspace = Home.of(arguments, terminal).workspace();
    this.environments = OpenEnvironment.all(arguments, terminal);
    this.questions = new NodeQuestions(terminal);
  }

  /** What both commands take. */
  static Syntax.Builder options(Syntax.Builder syntax) {
    return syntax
        .toggle(SKIP_MODELS, "Fetch and unpack no models; those that are here are used.")
        .toggle(SKIP_NODES, "Leave the node packs out.")
        .toggle(
            RUN_INSTALL,
            "Run the install.py of the packs that come, ask their nodes which models they load, and"
                + " build Python packages that come as source. All that can do anything that you"
                + " can.")
        .option(VERIFY, "KEY", "Refuse a bundle that is not signed with this public key.")
        .toggle(PRIVATE, "Allow addresses in private networks, also those without https.");
  }

  /** Refuses what says something about a bundle where there is none. */
  static void requireNone(Arguments arguments) {
    Stream.of(SKIP_MODELS, SKIP_NODES, RUN_INSTALL, PRIVATE, VERIFY)
        .filter(arguments::has)
        .findFirst()
        .ifPresent(
            name -> {
              throw new TidepoolException(
                  ErrorKind.USAGE,
                  "usage",
                  name + " is for environments that are made of a bundle.",
                  "Name the bundle with --from.");
            });
  }

  /** Which environment the bundle goes into. */
  record Into(Optional<String> name, boolean merge) {}

  /**
   * Imports a bundle.
   *
   * @param bundle a file, or the address of one in a store
   * @param dryRun whether to show the plan and stop
   */
  int run(String bundle, Into into, boolean use, boolean dryRun) {
    return OpenStores.with(
        bundle, !dryRun, arguments, terminal, file -> run(file, into, use, dryRun));
  }

  private int run(Path file, Into into, boolean use, boolean dryRun) {
    FullCompiler.expect(file.toFile().length());
    boolean asks = terminal.canAsk() && !arguments.has(NEVER_ASK) && !arguments.json();
    try (Beside<Known> known = Beside.begin("prepare the import", this::known);
        StagedBundle staged =
            LongWork.run(
                terminal,
                "Reading " + file.getFileName(),
                progress -> StagedBundle.of(workspace, file, progress))) {
      arguments
          .option(VERIFY)
          .ifPresent(key -> Signing.require(staged.bundle().contents(), Signing.publicKey(key)));
      if (!dryRun && !arguments.has(SKIP_MODELS)) {
        FullCompiler.expect(bytesOfModels(staged.bundle().contents()));
      }
      Importing importing = new Importing(tools(known));
      ImportRequest request = request(staged, file, into);
      ImportPlan plan =
          work(
              steps ->
                  importing.plan(
                      staged.bundle(),
                      request,
                      offering ->
                          asks && !dryRun ? new Questions(terminal, offering) : Asking.nobody(),
                      steps));
      if (!arguments.json()) {
        ImportText.print(plan, terminal);
      }
      if (dryRun) {
        if (arguments.json()) {
          JsonAnswer.print(terminal, new ImportJson(plan, Optional.empty()));
        }
        return ExitCode.DONE;
      }
      MergeQuestions conflicts = asks ? new ImportQuestions(terminal) : MergeQuestions.none();
      ImportReport report = work(steps -> importing.apply(plan, conflicts, steps));
      if (use || environments.file().activeEnvironment().isEmpty()) {
        environments.file().activate(Optional.of(report.environment()));
      }
      Environment environment = environments.named(Optional.of(report.environment()));
      ArrivedScripts scripts = work(steps -> scripts(report, environment, asks, steps));
      ImportReport settled =
          work(
              steps ->
                  ArrivedNodes.settled(
                      importing,
                      plan,
                      report,
                      comfyUi(environment),
                      () -> mayRun("the packs", "the nodes", asks),
                      steps));
      answer(
          plan,
          settled.withNext(
              scripts.next(
                  environment.customNodes(), VirtualEnvironment.python(environment.venv()))));
      return report.isWhole() && scripts.failed().isEmpty() ? ExitCode.DONE : ExitCode.FAILURE;
    }
  }

  /** What may be downloaded, and is hashed then. */
  private long bytesOfModels(BundleContents contents) {
    Path models = environments.file().modelsFolder();
    return contents.manifest().stream()
        .flatMap(manifest -> manifest.models().stream())
        .filter(model -> !Files.exists(models.resolve(model.relativePath())))
        .mapToLong(BundledModel::size)
        .sum();
  }

  private ArrivedScripts scripts(
      ImportReport report, Environment environment, boolean asks, Steps steps) {
    ProcessRunner runner = Home.of(arguments, terminal).runner("import-install", terminal);
    return ArrivedScripts.run(
        report,
        new InstallScripts(environment, runner),
        pack -> mayRun(pack, InstallScripts.NAME, asks),
        steps);
  }

  private boolean mayRun(String pack, String what, boolean asks) {
    return arguments.has(RUN_INSTALL) || (asks && questions.mayRun(pack, what));
  }

  private InstalledComfyUi comfyUi(Environment environment) {
    return new InstalledComfyUi(
        ComfyUi.in(environment.comfyUi()),
        VirtualEnvironment.python(environment.venv()),
        Home.of(arguments, terminal).runner("nodes", terminal),
        workspace.loaders());
  }

  private void answer(ImportPlan plan, ImportReport report) {
    if (arguments.json()) {
      JsonAnswer.print(terminal, new ImportJson(plan, Optional.of(report)));
    } else {
      ImportText.print(report, terminal);
    }
  }

  private <T> T work(java.util.function.Function<Steps, T> work) {
    try (StepReport steps = new StepReport(terminal)) {
      return work.apply(steps);
    } catch (RuntimeException e) {
      throw terminal.interruption().requested() ? Interruption.stopped() : e;
    }
  }

  private ImportRequest request(StagedBundle staged, Path file, Into into) {
    String plain = String.valueOf(file.getFileName()).replaceFirst("(?i)\\.(tar\\.gz|tgz)$", "");
    String name =
        into.name()
            .or(
                () ->
                    staged
                        .bundle()
                        .contents()
                        .manifest()
                        .map(manifest -> manifest.environment().name()))
            .orElse(plain.replaceFirst("(?i)[_-]bundle$", ""));
    return new ImportRequest(
        name,
        into.merge(),
        arguments.has(SKIP_MODELS),
        arguments.has(SKIP_NODES),
        arguments.option(COMFYUI).map(text -> Source.parse(text, terminal.folder())));
  }

  /** Building a Python package runs its code. */
  private ProcessRunner withoutBuilds(ProcessRunner runner) {
    if (arguments.has(RUN_INSTALL)) {
      return runner;
    }
    Map<String, String> variables = new HashMap<>(runner.environment());
    variables.put("UV_NO_BUILD", "1");
    return new ProcessRunner(variables, runner.log());
  }

  /** What no bundle changes, read beside it. */
  private record Known(Loaders loaders, Identity who) {}

  private Known known() {
    Home home = Home.of(arguments, terminal);
    return new Known(Loaders.builtIn(), Identity.find(home.folder(), terminal.environment()));
  }

  private ImportTools tools(Beside<Known> beside) {
    Known known = StorageFailures.translate("prepare the import", beside::get);
    Home home = Home.of(arguments, terminal);
    ProcessRunner runner = withoutBuilds(home.runner("import", terminal));
    StoreLocks locks = new StoreLocks();
    Preferences preferences = new Preferences(workspace, locks);
    PublicAddresses rule = PublicAddresses.of(arguments.has(PRIVATE));
    return new ImportTools(
        workspace,
        environments,
        Packs.of(workspace, terminal.environment(), locks, terminal.clock()),
        new PythonTools(home.folder(), runner),
        OpenDownloads.of(workspace, environments, locks, terminal, arguments.has(PRIVATE)),
        rule,
        Torch.of(
            arguments.option(TORCH).or(() -> preferences.get("torch")).orElse("auto"),
            Graphics.seen(Path.of("/dev"), runner)),
        known.who(),
        known::loaders,
        locks,
        terminal.environment(),
        terminal.clock());
  }
}
