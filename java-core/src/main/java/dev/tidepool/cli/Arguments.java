package dev.tidepool.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user typed, already checked against the {@link Syntax} of the command. Immutable.
 *
 * @param options the given options with their values; switches have the value {@code ""}
 * @param values the given parameters by position
 */
record Arguments(Map<String, String> options, List<String> values) {
  Arguments {
    options = Map.copyOf(options);
    values = List.copyOf(values);
  }

  /** Whether the answer should be JSON. */
  boolean json() {
    return options.containsKey(Syntax.JSON);
  }

  /** Whether an option was given. */
  boolean has(String name) {
    return options.containsKey(name);
  }

  /** The value of an option. */
  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** The parameter at a position, from 0. */
  String text(int position) {
    return values.get(position);
  }

  /** All parameters from a position on. */
  List<String> texts(int position) {
    return values.subList(position, values.size());
  }

  /** The path at a position; absolute. */
  Path path(int position, Terminal terminal) {
    return terminal.path(values.get(position));
  }

  /** All paths from a position on; absolute. */
  List<Path> paths(int position, Terminal terminal) {
    List<Path> paths = new ArrayList<>();
    for (String text : texts(position)) {
      paths.add(terminal.path(text));
    }
    return paths;
  }
}
