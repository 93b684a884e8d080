package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.EnvironmentState;
import dev.tidepool.environment.Environments;
import dev.tidepool.environment.Running;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code tidepool list}: the environments of the workspace. */
final class EnvironmentList implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool list", "Show the environments; the active one has a *.")
        .workspace()
        .json()
        .example("tidepool list")
        .example("tidepool list --json | jq -r '.environments[].name'")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Environments environments = OpenEnvironment.all(arguments, terminal);
    Optional<String> active = environments.file().activeEnvironment();
    List<Row> rows = new ArrayList<>();
    for (Environment environment : environments.all()) {
      rows.add(Row.of(environment, environments.state(environment), active));
    }
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(rows));
      return ExitCode.DONE;
    }
    if (rows.isEmpty()) {
      terminal.say("There is no environment yet.");
      terminal.say("hint: tidepool create NAME makes one.");
      return ExitCode.DONE;
    }
    Table table = new Table("", "NAME", "COMFYUI", "PYTHON", "STATE");
    for (Row row : rows) {
      table.row(row.active() ? "*" : "", row.name(), row.comfyUi(), row.python(), row.words());
    }
    table.print(terminal);
    return ExitCode.DONE;
  }

  private record Row(
      String name,
      String folder,
      boolean active,
      EnvironmentState state,
      boolean running,
      String comfyUi,
      String python) {
    static Row of(Environment environment, EnvironmentState state, Optional<String> active) {
      String comfyUi = "";
      String python = "";
      if (Files.exists(environment.pyproject())) {
        try {
          Manifest manifest = environment.manifest();
          comfyUi = manifest.comfyUi().version();
          python = manifest.pythonVersion();
        } catch (TidepoolException e) {
          // One manifest that cannot be read must not hide the other environments.
          comfyUi = "?";
        }
      }
      return new Row(
          environment.name(),
          environment.folder().toString(),
          active.equals(Optional.of(environment.name())),
          state,
          Running.isSo(environment),
          comfyUi,
          python);
    }

    String words() {
      String text =
          switch (state) {
            case COMPLETE -> "ready";
            case INCOMPLETE -> "not made to its end";
            case UNVERSIONED -> "of tidepool up, no versions";
          };
      return running ? text + ", running" : text;
    }
  }

  private record Body(List<Row> rows) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeArrayFieldStart("environments");
      for (Row row : rows) {
        generator.writeStartObject();
        generator.writeStringField("name", row.name());
        generator.writeBooleanField("active", row.active());
        generator.writeStringField("state", row.state().name().toLowerCase(Locale.ROOT));
        generator.writeBooleanField("running", row.running());
        generator.writeStringField("folder", row.folder());
        generator.writeStringField("comfyui_version", row.comfyUi());
        generator.writeStringField("python_version", row.python());
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}
