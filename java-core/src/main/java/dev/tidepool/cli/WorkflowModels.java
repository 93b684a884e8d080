package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.workflow.DeclaredModel;
import dev.tidepool.workflow.ModelReference;
import dev.tidepool.workflow.ModelReferences;
import dev.tidepool.workflow.NodeMode;
import dev.tidepool.workflow.Scope;
import dev.tidepool.workflow.UnknownModel;
import dev.tidepool.workflow.Workflow;
import dev.tidepool.workflow.WorkflowNode;
import java.io.IOException;
import java.util.Locale;

/** {@code tidepool workflow models}. */
final class WorkflowModels implements Command {
  @Override
  public Syntax syntax() {
    return AskedComfyUi.options(
            Syntax.of("tidepool workflow models", "List the models that a workflow needs.")
                .file("FILE", "A workflow, as the editor saves or exports it."))
        .json()
        .example("tidepool workflow models portrait.json")
        .example("tidepool workflow models portrait.json --comfyui ~/ComfyUI --json")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    AskedComfyUi asked = AskedComfyUi.of(arguments, terminal);
    Workflow workflow = Workflow.read(arguments.path(0, terminal), asked.loaders()::widgetNames);
    ModelReferences references = ModelReferences.of(workflow, asked.loaders());
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(references));
    } else {
      print(references, terminal);
    }
    return ExitCode.DONE;
  }

  private static void print(ModelReferences references, Terminal terminal) {
    if (references.all().isEmpty()) {
      terminal.say("No models.");
    } else {
      Table table = new Table("NODE", "TYPE", "SLOT", "FOLDER", "MODEL");
      for (ModelReference reference : references.all()) {
        String mode =
            reference.mode() == NodeMode.ACTIVE ? "" : " (" + word(reference.mode()) + ")";
        table.row(
            name(reference.node()),
            reference.node().type(),
            reference.slot().input(),
            reference.folder(),
            reference.value() + mode);
      }
      table.print(terminal);
    }
    for (UnknownModel model : references.unknown()) {
      terminal.say(
          "unknown node, looks like a model: "
              + name(model.node())
              + " "
              + model.node().type()
              + ": "
              + model.value());
    }
    if (!references.unknown().isEmpty()) {
      terminal.say("hint: --comfyui DIR asks your ComfyUI what its custom nodes load.");
    }
  }

  /** A node by its id; inside of a subgraph with the subgraph's name, or id if it has none. */
  static String name(WorkflowNode node) {
    Scope scope = node.scope();
    if (scope.isRoot()) {
      return node.id();
    }
    return (scope.name().isEmpty() ? scope.id() : scope.name()) + " / " + node.id();
  }

  static String word(NodeMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  /** Writes what is common to everything that is said about a reference. */
  static void write(ModelReference reference, JsonGenerator generator) throws IOException {
    node(reference.node(), generator);
    generator.writeStringField("slot", reference.slot().input());
    generator.writeStringField("value", reference.value());
    generator.writeStringField("folder", reference.folder());
    generator.writeStringField("mode", word(reference.mode()));
    if (reference.holder().isPresent()) {
      generator.writeObjectFieldStart("holder");
      WorkflowNode holder = reference.holder().get();
      subgraph(holder, generator);
      generator.writeStringField("node", holder.id());
      generator.writeEndObject();
    }
  }

  private static void node(WorkflowNode node, JsonGenerator generator) throws IOException {
    subgraph(node, generator);
    generator.writeStringField("node", node.id());
    generator.writeStringField("type", node.type());
  }

  private static void subgraph(WorkflowNode node, JsonGenerator generator) throws IOException {
    if (node.scope().isRoot()) {
      generator.writeNullField("subgraph");
    } else {
      generator.writeStringField("subgraph", node.scope().id());
    }
  }

  private record Body(ModelReferences references) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeArrayFieldStart("models");
      for (ModelReference reference : references.all()) {
        generator.writeStartObject();
        WorkflowModels.write(reference, generator);
        String url = reference.declared().map(DeclaredModel::url).orElse("");
        if (url.isEmpty()) {
          generator.writeNullField("url");
        } else {
          generator.writeStringField("url", url);
        }
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeArrayFieldStart("unknown");
      for (UnknownModel model : references.unknown()) {
        generator.writeStartObject();
        node(model.node(), generator);
        generator.writeStringField("widget", model.widget());
        generator.writeStringField("value", model.value());
        generator.writeStringField("mode", word(model.mode()));
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}
