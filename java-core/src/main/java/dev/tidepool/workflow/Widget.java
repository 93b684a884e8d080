package dev.tidepool.workflow;

import java.util.OptionalInt;

/**
 * One value that a node keeps for one of its widgets.
 *
 * @param index its position in {@code widgets_values}; nothing where values have names
 * @param name the widget's name; empty where the file does not tell it
 * @param value the value and its place in the file
 * @param linked whether an output of another node decides instead of the value. A widget that is
 *     linked to its subgraph's input is linked only if that input is, on every instance
 */
public record Widget(OptionalInt index, String name, JsonValue value, boolean linked) {
  /** The value if it is a string, else an empty text. */
  public String text() {
    return value.isText() ? value.text().orElseThrow() : "";
  }
}
