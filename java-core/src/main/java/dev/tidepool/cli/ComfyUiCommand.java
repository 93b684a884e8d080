package dev.tidepool.cli;

import dev.tidepool.comfyui.CachedComfyUi;
import dev.tidepool.comfyui.Source;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.version.ProgramChange;
import dev.tidepool.version.ProgramHere;
import java.util.Optional;

/** {@code tidepool comfyui}: which ComfyUI an environment has, and another one. */
final class ComfyUiCommand implements Command {
  private static final String COMFYUI = "--comfyui";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool comfyui", "Show which ComfyUI an environment has, or give it another one.")
        .optional("VERSION", "A release, branch or commit; latest is the newest release.")
        .option(
            COMFYUI,
            "SOURCE",
            "Where it comes from, as for tidepool create. Default: its own repository.")
        .environment()
        .json()
        .example("tidepool comfyui")
        .example("tidepool comfyui v0.30.0")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenVersions open = OpenVersions.of(arguments, terminal);
    ComfyUiPin recorded = open.environment().manifest().comfyUi();
    ComfyUiPin before = ProgramHere.of(open.environment(), recorded);
    Optional<String> version = arguments.values().stream().findFirst();
    Optional<Source> source =
        arguments.option(COMFYUI).map(text -> Source.parse(text, terminal.folder()));
    boolean wanted = version.isPresent() || source.isPresent();
    ComfyUiPin now = wanted ? change(open, source, version, terminal) : before;
    boolean changed = wanted && !(now.isSame(before) && now.isSame(recorded));
    if (arguments.json()) {
      JsonAnswer.print(
          terminal,
          generator -> {
            generator.writeStartObject();
            generator.writeStringField("comfyui_version", now.version());
            generator.writeStringField("comfyui_version_type", now.versionType().orElse(null));
            generator.writeStringField("comfyui_commit_sha", now.commit().orElse(null));
            generator.writeBooleanField("changed", changed);
            generator.writeEndObject();
          });
      return ExitCode.DONE;
    }
    if (changed) {
      terminal.say("ComfyUI was " + before.version() + ".");
      terminal.say("hint: keep this as a new version: tidepool commit -m MESSAGE");
    } else if (wanted) {
      terminal.say(open.environment().name() + " has that version already.");
    }
    terminal
        .out()
        .println(
            PrintableText.of(
                now.version() + now.commit().map(text -> " (commit " + text + ")").orElse("")));
    return ExitCode.DONE;
  }

  private static ComfyUiPin change(
      OpenVersions open, Optional<Source> source, Optional<String> version, Terminal terminal) {
    try (StepReport steps = new StepReport(terminal)) {
      CachedComfyUi wanted = open.programs("comfyui").cache().apply(steps).obtain(source, version);
      ComfyUiPin now = open.environment().manifest().comfyUi();
      ComfyUiPin here = ProgramHere.of(open.environment(), now);
      if (wanted.is(now.version(), now.commit()) && wanted.is(here.version(), here.commit())) {
        return now;
      }
      return new ProgramChange(open.environment(), open.python("comfyui"), open.programs("comfyui"))
          .apply(wanted, steps);
    } catch (RuntimeException e) {
      throw terminal.interruption().requested() ? stopped() : e;
    }
  }

  private static TidepoolException stopped() {
    return new TidepoolException(
        ErrorKind.STOPPED, "stopped", "Stopped before it was done: everything is as it was.");
  }
}
