package dev.tidepool.workflow;

import java.util.List;

/** Tells the names of nodes' widgets, which the editor's files often leave out. */
@FunctionalInterface
public interface WidgetNames {
  /**
   * The names of the widgets of nodes of a type, in the order of {@code widgets_values}, as far as
   * they are known from the first on; {@code control_after_generate} included. Empty when the type
   * is not known.
   */
  List<String> of(String type);

  /** Knows no type: names come from the file alone. */
  static WidgetNames none() {
    return type -> List.of();
  }
}
