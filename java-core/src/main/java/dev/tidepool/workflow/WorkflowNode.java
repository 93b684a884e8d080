package dev.tidepool.workflow;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One node of one of a workflow's graphs.
 *
 * @param id unique in its scope; {@code 12} and {@code "12"} are one id
 * @param type the node's class; on an instance of a subgraph the definition's id
 * @param title what people called it; empty when nothing was said
 * @param widgets in the file's order
 * @param inputs in the file's order; none in the API's format, where links count as linked widgets
 * @param models what {@code properties.models} declares
 * @param json the whole node
 */
public record WorkflowNode(
    Scope scope,
    String id,
    String type,
    String title,
    NodeMode mode,
    NodeOrigin origin,
    List<Widget> widgets,
    List<NodeInput> inputs,
    List<DeclaredModel> models,
    JsonValue json) {
  private static final Set<String> NOTES = Set.of("Note", "MarkdownNote");
  private static final Set<String> VIRTUAL = Set.of("Reroute", "PrimitiveNode");

  /** Whether it is only a text for people. */
  public boolean isNote() {
    return NOTES.contains(type);
  }

  /** Whether only the editor knows it: it never runs, and no package provides it. */
  public boolean isVirtual() {
    return isNote() || VIRTUAL.contains(type);
  }

  /** The widget of that name, if the file tells which it is. */
  public Optional<Widget> widget(String name) {
    return name.isEmpty()
        ? Optional.empty()
        : widgets.stream().filter(widget -> widget.name().equals(name)).findFirst();
  }

  /** The widget at that position of {@code widgets_values}. */
  public Optional<Widget> widget(int index) {
    return widgets.stream()
        .filter(widget -> widget.index().isPresent() && widget.index().getAsInt() == index)
        .findFirst();
  }
}
