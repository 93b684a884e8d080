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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
      print(references, arguments.option("--comfyui").isPresent(), terminal);
    }
    return ExitCode.DONE;
  }

  private static void print(ModelReferences references, boolean asked, Terminal terminal) {
    if (references.all().isEmpty()) {
      terminal.say("No models.");
    } else {
      Table table = new Table("NODE", "TYPE", "SLOT", "FOLDER", "MODEL");
      for (ModelReference reference : references.all()) {
        table.row(
            name(reference.node()),
            reference.node().type(),
            reference.slot().input() + held(reference),
            reference.folder(),
            reference.value() + mode(reference));
      }
      table.print(terminal);
    }
    say(references.unknown(), asked, terminal);
  }

  /** Says what looks like a model in unknown nodes, and who may know more if nobody was asked. */
  static void say(List<UnknownModel> unknown, boolean asked, Terminal terminal) {
    for (UnknownModel model : unknown) {
      terminal.say(
          "unknown node, looks like a model: "
              + name(model.node())
              + " "
              + model.node().type()
              + ": "
              + model.value());
    }
    if (!unknown.isEmpty() && !asked) {
      terminal.say("hint: --comfyui DIR asks your ComfyUI what its custom nodes load.");
    }
  }

  /** Writes the same for programs. */
  static void write(List<UnknownModel> unknown, JsonGenerator generator) throws IOException {
    generator.writeArrayFieldStart("unknown");
    for (UnknownModel model : unknown) {
      generator.writeStartObject();
      node(model.node(), generator);
      generator.writeStringField("widget", model.widget());
      generator.writeStringField("value", model.value());
      generator.writeStringField("mode", word(model.mode()));
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  /** The mode of a reference as it follows other words; empty for one that is loaded. */
  static String mode(ModelReference reference) {
    return reference.mode() == NodeMode.ACTIVE ? "" : " (" + word(reference.mode()) + ")";
  }

  /** The node that keeps the value for this one, as it follows other words; empty for itself. */
  static String held(ModelReference reference) {
    return reference.holder().map(holder -> " (set in " + name(holder) + ")").orElse("");
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

  private static void declared(Optional<DeclaredModel> declared, JsonGenerator generator)
      throws IOException {
    text("url", declared.map(DeclaredModel::url), generator);
    text("hash", declared.map(DeclaredModel::hash), generator);
    text("hashType", declared.map(DeclaredModel::hashType), generator);
    text("directory", declared.map(DeclaredModel::directory), generator);
  }

  private static void text(String name, Optional<String> value, JsonGenerator generator)
      throws IOException {
    generator.writeStringField(name, value.filter(text -> !text.isEmpty()).orElse(null));
  }

  private record Body(ModelReferences references) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeArrayFieldStart("models");
      for (ModelReference reference : references.all()) {
        generator.writeStartObject();
        WorkflowModels.write(reference, generator);
        declared(reference.declared(), generator);
        generator.writeEndObject();
      }
      generator.writeEndArray();
      WorkflowModels.write(references.unknown(), generator);
      generator.writeEndObject();
    }
  }
}
