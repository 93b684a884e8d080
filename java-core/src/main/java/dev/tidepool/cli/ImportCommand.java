package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.util.Optional;

/** {@code tidepool import}: an environment out of a bundle, or a bundle into an environment. */
final class ImportCommand implements Command {
  private static final String NAME = "--name";
  private static final String USE = "--use";
  private static final String DRY_RUN = "--dry-run";

  @Override
  public Syntax syntax() {
    Syntax.Builder syntax =
        Syntax.of(
                "tidepool import",
                "Make an environment of a bundle, or add the bundle to one: first the plan, then"
                    + " all of it or nothing.")
            .file(
                "BUNDLE",
                "A .tar.gz file that tidepool export or ComfyDock made, or its https:// or s3:// address.")
            .option(NAME, "NAME", "What the new environment is called. Default: as it was.")
            .option(
                Syntax.ENVIRONMENT, "NAME", "Add it to this environment; made when it is missing.")
            .toggle(USE, "Make it the active environment; the first one becomes that anyway.")
            .toggle(DRY_RUN, "Show the plan and change nothing.")
            .toggle(OpenImport.NEVER_ASK, "Never ask; a conflict is an error then.");
    return OpenImport.options(syntax)
        .option(
            OpenImport.COMFYUI,
            "SOURCE",
            "Where ComfyUI comes from, as for create. Default: the version that the bundle names.")
        .option(
            OpenImport.TORCH,
            "BACKEND",
            "Which PyTorch, when the bundle locks none. Default: auto.")
        .workspace()
        .json()
        .example("tidepool import portrait_bundle.tar.gz --name portraits --use")
        .example("tidepool import portrait_bundle.tar.gz --env work --dry-run")
        .example("tidepool import s3://bundles/studio/portrait_bundle.tar.gz")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Optional<String> name = arguments.option(NAME);
    Optional<String> environment = arguments.option(Syntax.ENVIRONMENT);
    if (name.isPresent() && environment.isPresent()) {
      throw new TidepoolException(
          ErrorKind.USAGE,
          "usage",
          "--name makes a new environment, --env adds to one: give one of them.");
    }
    return new OpenImport(arguments, terminal)
        .run(
            arguments.text(0),
            new OpenImport.Into(environment.or(() -> name), environment.isPresent()),
            arguments.has(USE),
            arguments.has(DRY_RUN));
  }
}
