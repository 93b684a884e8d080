package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.adoption.AdoptedPack;
import dev.tidepool.adoption.Adoption;
import dev.tidepool.adoption.AdoptionPlan;
import dev.tidepool.adoption.Installation;
import dev.tidepool.adoption.InstalledPython;
import dev.tidepool.comfyui.Graphics;
import dev.tidepool.environment.CreationTools;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.Environments;
import dev.tidepool.environment.Preferences;
import dev.tidepool.environment.Torch;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.Identity;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.model.ModelRoot;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PythonTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** {@code tidepool adopt}: an environment of a ComfyUI that somebody set up by hand. */
final class Adopt implements Command {
  private static final String NAME = "--name";
  private static final String COPY = "--copy";
  private static final String IN_PLACE = "--in-place";
  private static final String NEVER_ASK = "--no-interactive";
  private static final String DRY_RUN = "--dry-run";

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool adopt", "Make an environment of a ComfyUI that you set up yourself.")
        .file("DIR", "The folder of the ComfyUI.")
        .option(NAME, "NAME", "What the environment is called. Default: as the folder.")
        .toggle(COPY, "Copy it and leave it as it is, which is the default.")
        .toggle(IN_PLACE, "Move its folder into the workspace, whole or not at all.")
        .toggle(NEVER_ASK, "Do not ask before it is done.")
        .toggle(DRY_RUN, "Only say what would be done.")
        .workspace()
        .json()
        .example("tidepool adopt ~/ComfyUI --dry-run")
        .example("tidepool adopt ~/ComfyUI --name studio --in-place")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    if (arguments.has(COPY) && arguments.has(IN_PLACE)) {
      throw new TidepoolException(
          ErrorKind.USAGE,
          "usage",
          "It cannot be both copied and moved.",
          "Give --copy or --in-place, not both.");
    }
    adopt(
        arguments,
        terminal,
        () -> {
          if (OpenVersions.asks(arguments, terminal)) {
            Confirmation.require(terminal, "Adopt it so?");
          }
          return true;
        });
    return ExitCode.DONE;
  }

  /**
   * Adopts a ComfyUI with the defaults, once somebody saw what would be done.
   *
   * @param agreed asks them
   * @return whether it was done
   */
  static boolean adopt(Path folder, Home home, Terminal terminal, BooleanSupplier agreed) {
    Map<String, String> options = Map.of(Syntax.WORKSPACE, home.folder().toString());
    return adopt(new Arguments(options, List.of(folder.toString())), terminal, agreed);
  }

  private static boolean adopt(Arguments arguments, Terminal terminal, BooleanSupplier agreed) {
    Home home = Home.of(arguments, terminal);
    Environments environments = OpenEnvironment.all(arguments, terminal);
    Adoption adoption =
        new Adoption(
            home.workspace(),
            environments,
            Packs.of(home.workspace(), terminal.environment(), new StoreLocks(), terminal.clock()),
            terminal.environment());
    AdoptionPlan plan =
        OpenNodes.work(
            terminal,
            steps ->
                adoption.plan(
                    arguments.path(0, terminal),
                    arguments.option(NAME),
                    arguments.has(IN_PLACE),
                    steps));
    if (!arguments.json()) {
      print(plan, terminal);
    }
    if (arguments.has(DRY_RUN)) {
      if (arguments.json()) {
        JsonAnswer.print(terminal, new Body(plan, Optional.empty()));
      }
      return false;
    }
    if (!agreed.getAsBoolean()) {
      return false;
    }
    Environment made = carryOut(adoption, plan, environments, arguments, terminal);
    answer(plan, made, arguments, terminal);
    return true;
  }

  private static Environment carryOut(
      Adoption adoption,
      AdoptionPlan plan,
      Environments environments,
      Arguments arguments,
      Terminal terminal) {
    Home home = Home.of(arguments, terminal);
    ProcessRunner runner = home.runner("adopt", terminal);
    if (!plan.inPlace()) {
      indexModels(roots(plan.installation()), arguments, terminal);
    }
    CreationTools tools =
        new CreationTools(
            new PythonTools(home.folder(), runner),
            Identity.find(home.folder(), terminal.environment()));
    Torch torch =
        Torch.of(
            new Preferences(home.workspace(), new StoreLocks()).get("torch").orElse("auto"),
            Graphics.seen(Path.of("/dev"), runner));
    Environment made;
    try (StepReport steps = new StepReport(terminal)) {
      made =
          adoption.carryOut(
              plan,
              torch,
              tools,
              environment -> OpenVersions.around(environment, environments, home, terminal),
              steps);
    } catch (RuntimeException e) {
      throw terminal.interruption().requested() ? stopped(plan) : e;
    }
    if (plan.inPlace()) {
      // They have another path from now on, unless a link leads to them.
      Path before = plan.installation().folder();
      List<ModelRoot> roots =
          roots(plan.installation()).stream()
              .map(root -> new ModelRoot(moved(root.path(), before, made.comfyUi()), root.type()))
              .toList();
      indexModels(roots, arguments, terminal);
    }
    if (environments.file().activeEnvironment().isEmpty()) {
      environments.file().activate(Optional.of(made.name()));
    }
    return made;
  }

  private static List<ModelRoot> roots(Installation found) {
    List<ModelRoot> roots = new ArrayList<>();
    found.models().ifPresent(folder -> roots.add(ModelRoot.of(folder)));
    found
        .moreModels()
        .forEach((kind, paths) -> paths.forEach(path -> roots.add(new ModelRoot(path, kind))));
    return roots;
  }

  private static Path moved(Path folder, Path before, Path after) {
    return folder.startsWith(before) ? after.resolve(before.relativize(folder)) : folder;
  }

  /** Models are used where they are; the index tells which are which. */
  private static void indexModels(List<ModelRoot> roots, Arguments arguments, Terminal terminal) {
    if (roots.isEmpty()) {
      return;
    }
    try (ModelIndex index = OpenModels.toWrite(arguments, terminal)) {
      LongWork.run(terminal, "Indexing", progress -> index.index(roots, progress).files());
    }
  }

  private static TidepoolException stopped(AdoptionPlan plan) {
    return new TidepoolException(
        ErrorKind.STOPPED,
        "stopped",
        "Stopped before the environment "
            + plan.name()
            + " was ready; "
            + plan.installation().folder()
            + " is as it was.",
        "tidepool adopt '"
            + plan.installation().folder()
            + "' --name "
            + plan.name()
            + (plan.inPlace() ? " " + IN_PLACE : "")
            + " goes on from here.",
        "tidepool delete " + plan.name() + " removes what is there of it.");
  }

  private static void print(AdoptionPlan plan, Terminal terminal) {
    Installation found = plan.installation();
    terminal.say(
        found.folder()
            + (plan.inPlace() ? " becomes" : " is copied to")
            + " the environment "
            + plan.name()
            + (plan.inPlace() ? "." : ", " + Sizes.text(found.bytes()) + "."));
    terminal.say("  ComfyUI    " + found.comfyUi().version());
    terminal.say(
        "  Python     "
            + found
                .python()
                .map(python -> python.version() + ", " + python.packages().size() + " packages")
                .orElse("not found"));
    terminal.say("  workflows  " + found.workflows().size());
    roots(found)
        .forEach(
            root ->
                terminal.say(
                    "  models     "
                        + root.path()
                        + Optional.ofNullable(root.type()).map(kind -> ", " + kind).orElse("")));
    terminal.say("  packs      " + found.packs().size());
    for (AdoptedPack pack : found.packs()) {
      terminal.say("    " + pack.folder() + ": " + pack.kind() + ", " + pack.why());
    }
    plan.notes().forEach(terminal::say);
  }

  private static void answer(
      AdoptionPlan plan, Environment made, Arguments arguments, Terminal terminal) {
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(plan, Optional.of(made)));
      return;
    }
    terminal.say("The environment " + made.name() + " is ready; its state is version v1.");
    terminal.say("hint: tidepool status -e " + made.name() + " shows what is unresolved.");
    terminal.out().println(PrintableText.of(made.folder().toString()));
  }

  private record Body(AdoptionPlan plan, Optional<Environment> made) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      Installation found = plan.installation();
      generator.writeStartObject();
      generator.writeStringField("name", plan.name());
      generator.writeStringField("installation", found.folder().toString());
      generator.writeBooleanField("in_place", plan.inPlace());
      generator.writeBooleanField("done", made.isPresent());
      generator.writeStringField(
          "folder", made.map(environment -> environment.folder().toString()).orElse(null));
      generator.writeStringField("comfyui_version", found.comfyUi().version());
      generator.writeStringField(
          "python_version", found.python().map(InstalledPython::version).orElse(null));
      generator.writeNumberField("bytes", found.bytes());
      generator.writeStringField("models", found.models().map(Path::toString).orElse(null));
      generator.writeObjectFieldStart("more_models");
      for (Map.Entry<String, List<Path>> more : found.moreModels().entrySet()) {
        strings(generator, more.getKey(), more.getValue().stream().map(Path::toString).toList());
      }
      generator.writeEndObject();
      generator.writeArrayFieldStart("packs");
      for (AdoptedPack pack : found.packs()) {
        generator.writeStartObject();
        generator.writeStringField("folder", pack.folder());
        generator.writeStringField("kind", pack.kind());
        generator.writeStringField("why", pack.why());
        generator.writeEndObject();
      }
      generator.writeEndArray();
      strings(generator, "workflows", found.workflows());
      strings(generator, "notes", plan.notes());
      generator.writeEndObject();
    }

    private static void strings(JsonGenerator generator, String field, List<String> texts)
        throws IOException {
      generator.writeArrayFieldStart(field);
      for (String text : texts) {
        generator.writeString(text);
      }
      generator.writeEndArray();
    }
  }
}
