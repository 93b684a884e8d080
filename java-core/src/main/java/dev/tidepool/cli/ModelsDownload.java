package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.download.DownloadOutcome;
import dev.tidepool.download.WantedFile;
import dev.tidepool.environment.Environments;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.importing.WaitingModels;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code tidepool models download}: what imports left to be downloaded. */
final class ModelsDownload implements Command {
  private static final String DRY_RUN = "--dry-run";
  private static final String FORGET = "--forget";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool models download",
            "Get the models that an import left: it was stopped, or a server did not give them.")
        .rest("FILE", "Only these of the files that wait. Default: all.")
        .toggle(DRY_RUN, "Show what waits, and fetch nothing.")
        .toggle(FORGET, "Let them wait no more, and fetch nothing.")
        .toggle(
            OpenImport.PRIVATE, "Allow addresses in private networks, also those without https.")
        .workspace()
        .json()
        .example("tidepool models download --dry-run")
        .example("tidepool models download")
        .example("tidepool models download --forget models/loras/gone.safetensors")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    WaitingModels waiting = waiting(arguments, terminal);
    List<WantedFile> wanted = wanted(waiting.all(), arguments.paths(0, terminal));
    boolean fetches = !arguments.has(DRY_RUN) && !arguments.has(FORGET);
    List<Line> lines =
        fetches && !wanted.isEmpty()
            ? fetched(waiting, wanted, terminal)
            : wanted.stream().map(Line::of).toList();
    if (arguments.has(FORGET) && !arguments.has(DRY_RUN)) {
      waiting.forget(wanted);
    }
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(lines));
    } else {
      lines.forEach(line -> terminal.out().println(PrintableText.of(line.text())));
      terminal.say(summary(lines, arguments, waiting.all().size()));
    }
    return lines.stream().anyMatch(line -> line.state().equals(Line.FAILED))
        ? ExitCode.FAILURE
        : ExitCode.DONE;
  }

  private static WaitingModels waiting(Arguments arguments, Terminal terminal) {
    Workspace workspace = Home.of(arguments, terminal).workspace();
    Environments environments = OpenEnvironment.all(arguments, terminal);
    return new WaitingModels(
        OpenDownloads.of(
            workspace, environments, new StoreLocks(), terminal, arguments.has(OpenImport.PRIVATE)),
        environments.file().modelsFolder(),
        workspace.modelIndex(),
        terminal.clock());
  }

  private static List<WantedFile> wanted(List<WantedFile> all, List<Path> named) {
    for (Path file : named) {
      if (all.stream().noneMatch(each -> each.target().equals(file))) {
        throw new TidepoolException(
            ErrorKind.NOT_FOUND,
            "download-not-waiting",
            "The file " + file + " does not wait to be downloaded.",
            "tidepool models download --dry-run shows those that do.");
      }
    }
    return all.stream().filter(each -> named.isEmpty() || named.contains(each.target())).toList();
  }

  private static List<Line> fetched(
      WaitingModels waiting, List<WantedFile> wanted, Terminal terminal) {
    try (StepReport steps = new StepReport(terminal)) {
      return waiting.fetch(wanted, steps).stream().map(Line::of).toList();
    } catch (RuntimeException e) {
      throw terminal.interruption().requested() ? Interruption.stopped() : e;
    }
  }

  private static String summary(List<Line> lines, Arguments arguments, int waiting) {
    if (lines.isEmpty()) {
      return "No model waits to be downloaded.";
    }
    if (arguments.has(DRY_RUN)) {
      return "hint: tidepool models download gets them.";
    }
    if (arguments.has(FORGET)) {
      return waiting == 0 ? "Nothing waits any more." : "The others wait on: " + waiting + ".";
    }
    long there = lines.stream().filter(line -> line.state().equals(Line.THERE)).count();
    return there + " of " + lines.size() + " came; the others wait on.";
  }

  /** One file. */
  private record Line(WantedFile wanted, String state, Path file, Optional<String> reason) {
    static final String WAITING = "waiting";
    static final String THERE = "there";
    static final String FAILED = "failed";

    static Line of(WantedFile wanted) {
      return new Line(wanted, WAITING, wanted.target(), Optional.empty());
    }

    static Line of(DownloadOutcome outcome) {
      return new Line(
          outcome.wanted(),
          outcome.file().isPresent() ? THERE : FAILED,
          outcome.file().orElse(outcome.wanted().target()),
          outcome.failure().map(TidepoolException::text));
    }

    String text() {
      String size = wanted.size() < 0 ? "" : ", " + Sizes.text(wanted.size());
      return String.format("%-8s", state) + file + size + reason.map(why -> ": " + why).orElse("");
    }
  }

  /** {@code {"models":[{"file","size","state","reason"}]}}; size and reason may be null. */
  private record Body(List<Line> lines) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeArrayFieldStart("models");
      for (Line line : lines) {
        generator.writeStartObject();
        generator.writeStringField("file", line.file().toString());
        if (line.wanted().size() < 0) {
          generator.writeNullField("size");
        } else {
          generator.writeNumberField("size", line.wanted().size());
        }
        generator.writeStringField("state", line.state());
        generator.writeStringField("reason", line.reason().orElse(null));
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}
