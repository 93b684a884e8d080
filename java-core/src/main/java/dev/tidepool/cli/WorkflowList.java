package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.workflow.Workflow;
import dev.tidepool.workflow.WorkflowFiles;
import dev.tidepool.workflow.WorkflowFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code tidepool workflow list}. */
final class WorkflowList implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool workflow list",
            "List the workflows of an environment, or those in folders and below.")
        .rest("DIR|FILE", "Folders and files, instead of an environment's.")
        .environment()
        .json()
        .example("tidepool workflow list -e studio")
        .example("tidepool workflow list ComfyUI/user/default/workflows")
        .example("tidepool workflow list --json | jq -r '.workflows[].file'")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    List<Path> places = new ArrayList<>(arguments.paths(0, terminal));
    if (places.isEmpty() && EnvironmentWorkflows.isMeant(arguments, terminal)) {
      return EnvironmentWorkflows.list(arguments, terminal);
    }
    if (places.isEmpty()) {
      places.add(terminal.folder());
    }
    List<Found> found = new ArrayList<>();
    List<Other> others = new ArrayList<>();
    for (Path place : places) {
      for (Path file : files(place, others)) {
        try {
          found.add(Found.of(file, Workflow.read(file)));
        } catch (TidepoolException e) {
          others.add(new Other(file, e));
        }
      }
    }
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(found, others));
    } else {
      print(found, others, terminal);
    }
    return ExitCode.DONE;
  }

  /** A folder that cannot be read is told of, and does not stop the others. */
  private static List<Path> files(Path place, List<Other> others) {
    try {
      return Files.isDirectory(place) ? WorkflowFiles.below(place) : List.of(place);
    } catch (TidepoolException e) {
      others.add(new Other(place, e));
      return List.of();
    }
  }

  private static void print(List<Found> found, List<Other> others, Terminal terminal) {
    if (found.isEmpty()) {
      terminal.say("No workflows there.");
    } else {
      Table table = new Table("FORMAT", "NODES", "SUBGRAPHS", "FILE");
      for (Found each : found) {
        table.row(
            name(each.format()),
            Integer.toString(each.nodes()),
            Integer.toString(each.subgraphs()),
            shown(each.file(), terminal));
      }
      table.print(terminal);
    }
    for (Other other : others) {
      terminal.say(other.error().text());
      other.error().hints().forEach(hint -> terminal.say("hint: " + hint));
    }
  }

  private static String shown(Path file, Terminal terminal) {
    boolean below = file.startsWith(terminal.folder());
    return (below ? terminal.folder().relativize(file) : file).toString();
  }

  private static String name(WorkflowFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private record Found(Path file, WorkflowFormat format, int nodes, int subgraphs) {
    static Found of(Path file, Workflow workflow) {
      return new Found(
          file, workflow.format(), workflow.nodes().size(), workflow.graphs().size() - 1);
    }
  }

  private record Other(Path file, TidepoolException error) {}

  private record Body(List<Found> found, List<Other> others) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeArrayFieldStart("workflows");
      for (Found each : found) {
        generator.writeStartObject();
        generator.writeStringField("file", each.file().toString());
        generator.writeStringField("format", name(each.format()));
        generator.writeNumberField("nodes", each.nodes());
        generator.writeNumberField("subgraphs", each.subgraphs());
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeArrayFieldStart("others");
      for (Other other : others) {
        generator.writeStartObject();
        generator.writeStringField("file", other.file().toString());
        generator.writeFieldName("error");
        TidepoolException error = other.error();
        JsonAnswer.writeError(generator, error.code(), error.text(), error.hints());
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}
