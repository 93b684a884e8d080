package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.comfyui.PortReservation;
import dev.tidepool.doctor.Check;
import dev.tidepool.doctor.Doctor;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PythonTools;
import java.io.IOException;
import java.util.List;

/** {@code tidepool doctor}: what is wrong with this machine, and what to type. */
final class DoctorCommand implements Command {
  private static final String COMFYUI = "--comfyui";
  private static final String PORT = "--port";

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool doctor", "Check what Tidepool needs, and say what to type.")
        .fileOption(COMFYUI, "DIR", "A ComfyUI to check too.")
        .option(PORT, "N", "The port to check. Default: 8188.")
        .workspace()
        .json()
        .example("tidepool doctor --comfyui ~/ComfyUI")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Home home = Home.of(arguments, terminal);
    int port = arguments.option(PORT).map(Up::port).orElse(PortReservation.DEFAULT);
    ProcessRunner runner = home.runner("doctor", terminal);
    List<Check> checks =
        new Doctor(runner, new PythonTools(home.folder(), runner))
            .examine(arguments.option(COMFYUI).map(terminal::path), port);
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(checks));
    } else {
      print(checks, terminal);
    }
    boolean problem = checks.stream().anyMatch(check -> check.state() == Check.State.PROBLEM);
    return problem ? ExitCode.FAILURE : ExitCode.DONE;
  }

  private static void print(List<Check> checks, Terminal terminal) {
    Table table = new Table("STATE", "WHAT", "FOUND");
    for (Check check : checks) {
      table.row(check.state().word(), check.name(), check.found());
    }
    table.print(terminal);
    for (Check check : checks) {
      if (!check.advice().isEmpty()) {
        terminal.out().println(PrintableText.of(check.name() + ": " + check.advice()));
      }
    }
  }

  private record Body(List<Check> checks) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeArrayFieldStart("checks");
      for (Check check : checks) {
        generator.writeStartObject();
        generator.writeStringField("name", check.name());
        generator.writeStringField("state", check.state().word());
        generator.writeStringField("found", check.found());
        generator.writeStringField("advice", check.advice());
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}
