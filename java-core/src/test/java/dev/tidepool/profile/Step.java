package dev.tidepool.profile;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One change that {@link CrashWorker} carries out and {@link World} foresees.
 *
 * @param id of the profile
 * @param text a new name, a label or an archive's file name; empty when there is none
 * @param names of slots
 * @param pictures numbers of {@link TestPictures}
 */
record Step(
    Operation operation, String id, String text, List<String> names, List<Integer> pictures) {
  enum Operation {
    CREATE,
    RENAME,
    DUPLICATE,
    DELETE,
    RESTORE,
    EXPORT,
    IMPORT,
    ADD,
    REMOVE,
    BRING_BACK,
    REORDER,
    ACTIVATE,
    LABEL,
    ENABLE,
    DISABLE,
    MASK,
    UNMASK
  }

  static Step of(Operation operation, String id, String text) {
    return new Step(operation, id, text, List.of(), List.of());
  }

  Step withNames(List<String> slots) {
    return new Step(operation, id, text, List.copyOf(slots), pictures);
  }

  Step withPictures(List<Integer> numbers) {
    return new Step(operation, id, text, names, List.copyOf(numbers));
  }

  String line() {
    String numbers = pictures.stream().map(String::valueOf).collect(Collectors.joining("/"));
    return String.join("\t", operation.name(), id, text, String.join("/", names), numbers, ".");
  }

  static Step parse(String line) {
    String[] cells = line.split("\t", -1);
    return new Step(
        Operation.valueOf(cells[0]),
        cells[1],
        cells[2],
        words(cells[3]),
        words(cells[4]).stream().map(Integer::valueOf).toList());
  }

  private static List<String> words(String joined) {
    return joined.isEmpty() ? List.of() : Arrays.asList(joined.split("/", -1));
  }
}
