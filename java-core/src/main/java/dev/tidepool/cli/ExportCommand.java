package dev.tidepool.cli;

import dev.tidepool.bundle.Signing;
import dev.tidepool.bundle.SigningKey;
import dev.tidepool.environment.Environment;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.exporting.Addresses;
import dev.tidepool.exporting.ExportRequest;
import dev.tidepool.exporting.Exported;
import dev.tidepool.exporting.Exporting;
import dev.tidepool.nodepack.NodeMappings;
import dev.tidepool.resolution.Asking;
import dev.tidepool.store.Pushed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code tidepool export}. */
final class ExportCommand implements Command {
  private static final String ALL = "--all";
  private static final String ALL_ENVIRONMENTS = "--all-environments";
  private static final String FORCE = "--force";
  private static final String OFFLINE = "--offline";
  private static final String OUTPUT = "--output";
  private static final String SIGN = "--sign";
  private static final String WITH_MODELS = "--with-models";
  private static final String WITH_POOLS = "--with-pools";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool export",
            "Write workflows with what they need, or a whole environment, into a"
                + " bundle that arrives elsewhere as it left.")
        .rest("WORKFLOW", "Workflows as ComfyUI names them. Without any: the whole environment.")
        .toggle(ALL, "The whole environment, whatever else is named.")
        .toggle(ALL_ENVIRONMENTS, "A bundle for each environment of the workspace.")
        .fileOption(
            OUTPUT,
            "PATH",
            "The bundle, or the folder for it. Default: NAME_bundle.tar.gz in the current folder.")
        .toggle(FORCE, "Replace a bundle that is there, also in the store.")
        .option(
            BundlePush.OPTION,
            "URL",
            "Send the bundle to https://host/folder/[NAME] or s3://bucket/folder/[NAME].")
        .toggle(WITH_MODELS, "Put the model files into the bundle.")
        .toggle(WITH_POOLS, "Put the pool profiles into it that the workflows name.")
        .fileOption(SIGN, "KEY", "Sign the bundle; tidepool bundle keygen makes a key.")
        .toggle("--no-interactive", "Never ask.")
        .toggle(OFFLINE, "Ask no server where models are; addresses that are known are believed.")
        .toggle(
            ModelsSourceFind.PRIVATE,
            "Also ask addresses of this machine and of private networks where models are, and let"
                + " a store lead there.")
        .environment()
        .json()
        .example("tidepool export portrait")
        .example("tidepool export --all --with-models --output ~/backup/studio.tar.gz")
        .example("tidepool export portrait --sign ~/keys/bundle.pem")
        .example("tidepool export portrait --push s3://bundles/studio/")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    List<String> names = arguments.texts(0);
    boolean each = arguments.has(ALL_ENVIRONMENTS);
    if (each && (!names.isEmpty() || arguments.option(Syntax.ENVIRONMENT).isPresent())) {
      throw new TidepoolException(
          ErrorKind.USAGE,
          "usage",
          "--all-environments exports every environment whole: name neither workflows nor one.");
    }
    Optional<SigningKey> key =
        arguments.option(SIGN).map(file -> Signing.read(terminal.path(file)));
    ExportRequest request =
        new ExportRequest(
            arguments.has(ALL) ? List.of() : names,
            arguments.has(WITH_MODELS),
            arguments.has(WITH_POOLS),
            key);
    Optional<BundlePush> push = BundlePush.of(arguments, each, arguments.has(FORCE), terminal);
    Work work =
        new Work(
            request,
            addresses(arguments, terminal),
            arguments.has(FORCE),
            OpenVersions.asks(arguments, terminal),
            push,
            terminal);
    List<Exported> exports = new ArrayList<>();
    List<Optional<Pushed>> sent = new ArrayList<>();
    if (each) {
      for (Environment environment : OpenEnvironment.all(arguments, terminal).list()) {
        OpenVersions open = OpenVersions.of(environment.name(), arguments, terminal);
        exports.add(work.export(open, folder(arguments, terminal)));
      }
    } else {
      OpenVersions open = OpenVersions.of(arguments, terminal);
      exports.add(work.export(open, target(arguments, terminal)));
    }
    for (Exported exported : exports) {
      if (!arguments.json()) {
        ExportAnswer.print(exported, terminal);
      }
      sent.add(push.map(to -> to.send(exported.file())));
      if (!arguments.json()) {
        sent.get(sent.size() - 1).ifPresent(pushed -> ExportAnswer.print(pushed, terminal));
      }
    }
    if (arguments.json()) {
      JsonAnswer.print(
          terminal,
          each ? ExportAnswer.all(exports, sent) : ExportAnswer.of(exports.get(0), sent.get(0)));
    }
    return ExitCode.DONE;
  }

  /** One request for one environment after the other. */
  private record Work(
      ExportRequest request,
      Addresses addresses,
      boolean replaces,
      boolean asks,
      Optional<BundlePush> push,
      Terminal terminal) {
    Exported export(OpenVersions open, Path place) {
      Path target =
          Files.isDirectory(place)
              ? place.resolve(Exporting.fileName(request, open.environment()))
              : place;
      boolean again = push.isPresent() && !replaces && Files.isRegularFile(target);
      return again
          ? BundlePush.again(target, beside -> exportTo(open, beside))
          : exportTo(open, target);
    }

    private Exported exportTo(OpenVersions open, Path target) {
      Exporting.Tools tools =
          new Exporting.Tools(
              "tidepool " + CommandTree.version(),
              new NodeMappings(open.home().workspace().packCache().resolve("node_mappings.json")),
              addresses,
              Runtime.getRuntime().availableProcessors());
      try (StepReport steps = new StepReport(terminal)) {
        return new Exporting(open.environment(), open.history(), open.around(), tools)
            .export(
                request,
                target,
                replaces,
                offering -> asks ? new Questions(terminal, offering) : Asking.nobody(),
                steps);
      } catch (RuntimeException e) {
        throw terminal.interruption().requested() ? Interruption.stopped() : e;
      }
    }
  }

  private static Addresses addresses(Arguments arguments, Terminal terminal) {
    boolean asks = OpenVersions.asks(arguments, terminal);
    if (arguments.has(OFFLINE)) {
      return asks
          ? new AskedAddresses(terminal, Addresses.asKnown(), AskedAddresses.Check.none())
          : Addresses.asKnown();
    }
    LookedUpAddresses looked = new LookedUpAddresses(ModelsSourceFind.origins(arguments, terminal));
    return asks ? new AskedAddresses(terminal, looked, looked) : looked;
  }

  private static Path target(Arguments arguments, Terminal terminal) {
    Path target = arguments.option(OUTPUT).map(terminal::path).orElse(terminal.folder());
    Path folder = Files.isDirectory(target) ? target : target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw noFolder(String.valueOf(folder));
    }
    return target;
  }

  private static Path folder(Arguments arguments, Terminal terminal) {
    Path folder = target(arguments, terminal);
    if (!Files.isDirectory(folder)) {
      throw noFolder(folder.toString());
    }
    return folder;
  }

  private static TidepoolException noFolder(String folder) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "export-folder-not-found",
        "There is no folder " + folder + ".",
        "Make it first, or name another place with --output.");
  }
}
