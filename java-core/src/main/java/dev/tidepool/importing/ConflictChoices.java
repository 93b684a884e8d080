package dev.tidepool.importing;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.importing.ImportConflict.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is done about each conflict, by its kind and name. */
final class ConflictChoices {
  private ConflictChoices() {}

  /**
   * Asks about each; when one is left open, nothing is done.
   *
   * @throws TidepoolException {@code import-conflicts}
   */
  static Map<String, Way> of(
      String environment, List<ImportConflict> conflicts, MergeQuestions questions) {
    Map<String, Way> ways = new LinkedHashMap<>();
    List<String> open = new ArrayList<>();
    for (ImportConflict conflict : conflicts) {
      Optional<Way> way = open.isEmpty() ? questions.choose(conflict) : Optional.empty();
      if (way.isPresent()) {
        ways.put(conflict.kind() + conflict.what(), way.get());
      } else {
        open.add(conflict.message());
      }
    }
    if (!open.isEmpty()) {
      open.add("On a terminal this command asks what to do about each.");
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "import-conflicts",
          "The environment "
              + environment
              + " has other things under the names of what the bundle brings.",
          open.toArray(String[]::new));
    }
    return ways;
  }
}
