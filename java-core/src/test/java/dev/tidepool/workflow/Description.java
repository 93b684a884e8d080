package dev.tidepool.workflow;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A workflow in words, a line for everything that was understood. */
final class Description {
  private final byte[] bytes;
  private final StringBuilder text = new StringBuilder();

  private Description(byte[] bytes) {
    this.bytes = bytes;
  }

  static String of(Workflow workflow, byte[] bytes) {
    Description description = new Description(bytes);
    description.line(workflow.format().toString());
    for (Graph graph : workflow.graphs()) {
      description.line("graph " + graph.scope().id() + " \"" + graph.scope().name() + '"');
      graph.nodes().forEach(description::node);
      graph.links().forEach(description::link);
    }
    workflow.copies().forEach(description::copy);
    return description.text.toString();
  }

  private void node(WorkflowNode node) {
    String title = node.title().isEmpty() ? "" : " \"" + node.title() + '"';
    String note = node.isNote() ? " note" : node.isVirtual() ? " virtual" : "";
    line("  node " + node.id() + ' ' + node.type() + title + ' ' + node.mode() + note);
    NodeOrigin origin = node.origin();
    if (!origin.equals(new NodeOrigin("", "", "", ""))) {
      line("    " + origin);
    }
    node.models().forEach(model -> line("    " + model));
    for (Widget widget : node.widgets()) {
      String index = widget.index().isPresent() ? widget.index().getAsInt() + " " : "";
      String linked = widget.linked() ? " linked" : "";
      line("    widget " + index + widget.name() + " = " + spelled(widget.value()) + linked);
    }
  }

  private void link(Link link) {
    line(
        String.format(
            "  link %s: %s.%s -> %s.%s",
            link.id(), link.origin(), link.originSlot(), link.target(), link.targetSlot()));
  }

  private void copy(WidgetCopy copy) {
    String linked = copy.linked() ? " linked" : "";
    String widget = copy.widget() == null ? "?" : spelled(copy.widget().value());
    line(
        String.format(
            "copy %s%s on %s %s of %s/%s.%s = %s",
            spelled(copy.value()),
            linked,
            copy.holder().type(),
            copy.holder().id(),
            copy.target().scope().id(),
            copy.target().id(),
            copy.name(),
            widget));
  }

  private String spelled(JsonValue value) {
    return new String(
        Arrays.copyOfRange(bytes, value.start(), value.end()), StandardCharsets.UTF_8);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
