package dev.tidepool.loader;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One input of a node type whose value names a model file. Immutable.
 *
 * @param input its name, such as {@code ckpt_name}
 * @param widget its position in the {@code widgets_values} of the editor's format; nothing where
 *     the inputs before it differ from node to node
 * @param folders the names of the folders that its values come from; the usual one first
 * @param exceptions values that do not come from the usual folder: by the value itself, or by the
 *     value without its extension, the name of the folder; empty for a value that is no file
 */
public record LoaderSlot(
    String input, OptionalInt widget, List<String> folders, Map<String, String> exceptions) {
  /** Choices by which nodes of many packs mean that no model is loaded. */
  private static final Set<String> NONE = Set.of("", "None", "none", "[None]");

  /** Copies the collections. */
  public LoaderSlot {
    folders = List.copyOf(folders);
    exceptions = Map.copyOf(exceptions);
    if (folders.isEmpty()) {
      throw new IllegalArgumentException("a slot needs a folder");
    }
  }

  /** The same slot at another position of {@code widgets_values}; below 0 it is not known. */
  static LoaderSlot at(int widget, LoaderSlot slot) {
    return new LoaderSlot(slot.input, position(widget), slot.folders, slot.exceptions);
  }

  /** A position, or nothing when it is below 0. */
  static OptionalInt position(int widget) {
    return widget < 0 ? OptionalInt.empty() : OptionalInt.of(widget);
  }

  /** The folder that its values usually come from. */
  public String folder() {
    return folders.get(0);
  }

  /** Whether a value names a file, and is none of the slot's other choices. */
  public boolean isFile(String value) {
    return !NONE.contains(value) && !"".equals(exceptions.get(value));
  }

  /** The folder that ComfyUI loads this value from. */
  public String folder(String value) {
    String exact = exceptions.getOrDefault(value, "");
    if (!exact.isEmpty()) {
      return exact;
    }
    String extension = ModelFolder.extension(value);
    String stem = value.substring(0, value.length() - extension.length());
    String other = exceptions.getOrDefault(stem, "");
    return other.isEmpty() ? folder() : other;
  }
}
