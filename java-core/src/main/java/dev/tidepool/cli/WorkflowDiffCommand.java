package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.loader.Loaders;
import dev.tidepool.workflow.JsonValue;
import dev.tidepool.workflow.WidgetNames;
import dev.tidepool.workflow.Workflow;
import dev.tidepool.workflow.WorkflowChange;
import dev.tidepool.workflow.WorkflowDiff;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code tidepool workflow diff}. */
final class WorkflowDiffCommand implements Command {
  private static final String LAYOUT = "--layout";
  private static final String EXIT_CODE = "--exit-code";

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool workflow diff", "Show what differs between two workflows.")
        .file("A", "A workflow as it was.")
        .file("B", "The workflow as it is.")
        .toggle(LAYOUT, "Compare places, sizes, colours, order and frames too.")
        .toggle(EXIT_CODE, "End with 1 when they differ, as git diff does.")
        .json()
        .example("tidepool workflow diff old.json new.json")
        .example("tidepool workflow diff old.json new.json --json | jq '.changes[].node'")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    WidgetNames names = Loaders.builtIn()::widgetNames;
    Workflow before = Workflow.read(arguments.path(0, terminal), names);
    Workflow after = Workflow.read(arguments.path(1, terminal), names);
    List<WorkflowChange> changes = WorkflowDiff.of(before, after, arguments.has(LAYOUT));
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(changes));
    } else if (changes.isEmpty()) {
      terminal.say("No differences.");
    } else {
      new WorkflowChanges(terminal).print(changes);
    }
    boolean tell = arguments.has(EXIT_CODE) && !changes.isEmpty();
    return tell ? ExitCode.FAILURE : ExitCode.DONE;
  }

  private record Body(List<WorkflowChange> changes) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      writeChanges(changes, generator);
      generator.writeEndObject();
    }
  }

  /** Writes the field {@code changes}. */
  static void writeChanges(List<WorkflowChange> changes, JsonGenerator generator)
      throws IOException {
    generator.writeArrayFieldStart("changes");
    for (WorkflowChange change : changes) {
      generator.writeStartObject();
      generator.writeStringField("kind", change.kind().name().toLowerCase(Locale.ROOT));
      generator.writeStringField("subgraph", change.scope().id());
      generator.writeStringField("subgraphName", change.scope().name());
      generator.writeStringField("node", change.node());
      generator.writeStringField("type", change.type());
      generator.writeStringField("name", change.name());
      value("before", change.before(), generator);
      value("after", change.after(), generator);
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  private static void value(String name, @Nullable JsonValue value, JsonGenerator generator)
      throws IOException {
    if (value != null) {
      generator.writeFieldName(name);
      JsonValueText.write(value, generator);
    }
  }
}
