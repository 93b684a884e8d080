package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.adoption.EnvironmentCheck;
import dev.tidepool.adoption.Migration;
import dev.tidepool.environment.Environments;
import dev.tidepool.history.Identity;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code tidepool migrate}: takes over a workspace of ComfyDock. */
final class Migrate implements Command {
  private static final String NEVER_ASK = "--no-interactive";
  private static final String DRY_RUN = "--dry-run";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool migrate",
            "Check a workspace of ComfyDock, and make the first version of environments without.")
        .optionalFile("DIR", "The workspace. Default: as for --workspace.")
        .toggle(NEVER_ASK, "Do not ask before first versions are made.")
        .toggle(DRY_RUN, "Only check.")
        .workspace()
        .json()
        .example("tidepool migrate ~/comfydock")
        .example("tidepool migrate --dry-run --json")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Home home =
        arguments.values().isEmpty()
            ? Home.of(arguments, terminal)
            : new Home(Workspace.at(arguments.text(0), terminal.folder()).folder());
    Environments environments =
        new Environments(home.workspace(), new StoreLocks(), terminal.clock(), terminal::say);
    Migration migration =
        new Migration(
            home.workspace(),
            environments,
            Identity.find(home.folder(), terminal.environment()),
            environment -> OpenVersions.around(environment, environments, home, terminal));
    List<EnvironmentCheck> checks = migration.check();
    boolean makes = checks.stream().anyMatch(EnvironmentCheck::needsFirstVersion);
    if (!arguments.json()) {
      print(checks, terminal);
    }
    if (makes && !arguments.has(DRY_RUN)) {
      if (OpenVersions.asks(arguments, terminal)) {
        Confirmation.require(terminal, "Make the first versions?");
      }
      checks = migration.makeFirstVersions(checks);
    }
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(checks));
    } else {
      conclude(checks, home, arguments, terminal);
    }
    boolean fine = checks.stream().allMatch(check -> check.problems().isEmpty());
    return fine ? ExitCode.DONE : ExitCode.FAILURE;
  }

  private static void print(List<EnvironmentCheck> checks, Terminal terminal) {
    if (checks.isEmpty()) {
      terminal.say("The workspace has no environments.");
      return;
    }
    Table table = new Table("NAME", "COMFYUI", "PACKS", "WORKFLOWS", "DIFFERING", "VERSION");
    for (EnvironmentCheck check : checks) {
      table.row(
          check.name(),
          check.comfyUi(),
          Integer.toString(check.packs()),
          Integer.toString(check.workflows()),
          Integer.toString(check.differing().size()),
          check.version().orElse(check.needsFirstVersion() ? "to be made" : "none"));
    }
    table.print(terminal);
    for (EnvironmentCheck check : checks) {
      for (Map.Entry<String, String> each : check.differing().entrySet()) {
        terminal.say(check.name() + ": " + each.getKey() + " is " + each.getValue() + ".");
      }
      check.problems().forEach(problem -> terminal.say(check.name() + ": " + problem));
    }
  }

  private static void conclude(
      List<EnvironmentCheck> checks, Home home, Arguments arguments, Terminal terminal) {
    if (checks.stream().anyMatch(check -> !check.differing().isEmpty())) {
      terminal.say("hint: tidepool commit -e NAME records workflows that differ.");
    }
    if (!arguments.values().isEmpty()) {
      terminal.say("hint: TIDEPOOL_HOME=" + home.folder() + " makes it the workspace.");
    }
    terminal.out().println(PrintableText.of(home.folder().toString()));
  }

  private record Body(List<EnvironmentCheck> checks) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeArrayFieldStart("environments");
      for (EnvironmentCheck check : checks) {
        generator.writeStartObject();
        generator.writeStringField("name", check.name());
        generator.writeStringField("comfyui_version", check.comfyUi());
        generator.writeNumberField("packs", check.packs());
        generator.writeNumberField("workflows", check.workflows());
        generator.writeObjectFieldStart("differing");
        for (Map.Entry<String, String> each : check.differing().entrySet()) {
          generator.writeStringField(each.getKey(), each.getValue());
        }
        generator.writeEndObject();
        generator.writeArrayFieldStart("problems");
        for (String problem : check.problems()) {
          generator.writeString(problem);
        }
        generator.writeEndArray();
        generator.writeStringField("version", check.version().orElse(null));
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}
