package dev.tidepool.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One program to run. Immutable.
 *
 * @param command the program and its arguments
 * @param folder where it runs
 * @param environment variables that it gets besides those of the runner; an empty value takes one
 *     away
 */
public record Job(List<String> command, Path folder, Map<String, String> environment) {
  /** Copies the lists. */
  public Job {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** A job in the folder with the runner's variables only. */
  public static Job in(Path folder, List<String> command) {
    return new Job(command, folder, Map.of());
  }

  /** The same job with more arguments. */
  public Job with(String... arguments) {
    List<String> longer = new ArrayList<>(command);
    longer.addAll(List.of(arguments));
    return new Job(longer, folder, environment);
  }

  /** The same job with more variables. */
  public Job with(Map<String, String> variables) {
    Map<String, String> more = new HashMap<>(environment);
    more.putAll(variables);
    return new Job(command, folder, more);
  }

  /** The program, as a person knows it: the name of its file. */
  public String program() {
    return String.valueOf(Path.of(command.get(0)).getFileName());
  }
}
