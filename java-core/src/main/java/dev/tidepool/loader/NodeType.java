package dev.tidepool.loader;

import java.util.List;

/**
 * What is known of one node type. Immutable.
 *
 * @param widgets the names of its widgets in the order of {@code widgets_values}, as far as they
 *     are the same for every node of the type
 * @param slots its inputs that name models; none for most types
 */
record NodeType(List<String> widgets, List<LoaderSlot> slots) {
  NodeType {
    widgets = List.copyOf(widgets);
    slots = List.copyOf(slots);
  }
}
