package dev.tidepool.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * What one command accepts, and its help. Immutable.
 *
 * @param words what chooses the command, such as {@code tidepool profile list}
 * @param parameters in the order of their positions; only the last may stand for many
 */
record Syntax(
    String words,
    String description,
    List<Parameter> parameters,
    List<Option> options,
    List<String> examples) {
  static final String JSON = "--json";
  static final String BASE = "--base";
  static final String WORKSPACE = "--workspace";
  static final String ENVIRONMENT = "--env";
  static final String MESSAGE = "--message";

  /**
   * An argument without a name. {@code many}: all to the end of the line. {@code options}: also
   * options that the command does not know.
   */
  record Parameter(
      String label,
      String description,
      boolean many,
      boolean file,
      boolean required,
      boolean options) {
    Parameter(String label, String description, boolean many, boolean file, boolean required) {
      this(label, description, many, file, required, false);
    }
  }

  /** An option; without a label it is a switch that takes no value. */
  record Option(String name, String label, String description, boolean file) {
    boolean takesValue() {
      return !label.isEmpty();
    }

    /** Every way to write it: {@code -e} is short for {@code --env}. */
    List<String> names() {
      return switch (name) {
        case ENVIRONMENT -> List.of("-e", name);
        case MESSAGE -> List.of("-m", name);
        default -> List.of(name);
      };
    }
  }

  /** Whether options that are not the command's own are for another program. */
  boolean passesOptionsOn() {
    return parameters.stream().anyMatch(Parameter::options);
  }

  static Builder of(String words, String description) {
    return new Builder(words, description);
  }

  /** Collects a syntax in the order in which the help shows it. */
  static final class Builder {
    private final String words;
    private final String description;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Option> options = new ArrayList<>();
    private final List<String> examples = new ArrayList<>();

    private Builder(String words, String description) {
      this.words = words;
      this.description = description;
    }

    Builder parameter(String label, String description) {
      parameters.add(new Parameter(label, description, false, false, true));
      return this;
    }

    /** Adds a parameter that is a path, which shells then complete. */
    Builder file(String label, String description) {
      parameters.add(new Parameter(label, description, false, true, true));
      return this;
    }

    Builder parameters(String label, String description) {
      parameters.add(new Parameter(label, description, true, false, true));
      return this;
    }

    Builder files(String label, String description) {
      parameters.add(new Parameter(label, description, true, true, true));
      return this;
    }

    /** Adds arguments that may be left out, to the end of the line. */
    Builder rest(String label, String description) {
      parameters.add(new Parameter(label, description, true, false, false));
      return this;
    }

    /** Adds arguments for another program: whatever the command does not know itself. */
    Builder passedOn(String label, String description) {
      parameters.add(new Parameter(label, description, true, false, false, true));
      return this;
    }

    /** Adds a parameter that may be left out; only such come after it. */
    Builder optional(String label, String description) {
      parameters.add(new Parameter(label, description, false, false, false));
      return this;
    }

    /** Adds a parameter that is a path and may be left out; only such come after it. */
    Builder optionalFile(String label, String description) {
      parameters.add(new Parameter(label, description, false, true, false));
      return this;
    }

    /** Adds an option without a value. */
    Builder toggle(String name, String description) {
      options.add(new Option(name, "", description, false));
      return this;
    }

    /** Adds an option whose value is a path, which shells then complete. */
    Builder fileOption(String name, String label, String description) {
      options.add(new Option(name, label, description, true));
      return this;
    }

    /** Adds {@code --workspace DIR}: where environments are. */
    Builder workspace() {
      return fileOption(
          WORKSPACE,
          "DIR",
          "The folder with the environments. Default: $TIDEPOOL_HOME, else $COMFYDOCK_HOME, else"
              + " ~/comfydock_workspace.");
    }

    /** Adds {@code -e NAME}, {@code --env NAME} and {@code --workspace DIR}. */
    Builder environment() {
      options.add(
          new Option(ENVIRONMENT, "NAME", "The environment. Default: the active one.", false));
      return workspace();
    }

    Builder option(String name, String label, String description) {
      options.add(new Option(name, label, description, false));
      return this;
    }

    /** Adds {@code --base DIR}: where the pools are. */
    Builder base() {
      options.add(
          new Option(
              BASE,
              "DIR",
              "The folder with the pools. Default: $TIDEPOOL_BASE, else input/grid_pool of the"
                  + " ComfyUI in the current folder.",
              true));
      return this;
    }

    /** Adds {@code --json}: print data for programs. */
    Builder json() {
      options.add(new Option(JSON, "", "Print JSON, errors included.", false));
      return this;
    }

    /** Adds a whole command line that the help shows. */
    Builder example(String line) {
      examples.add(line);
      return this;
    }

    Syntax build() {
      return new Syntax(
          words, description, List.copyOf(parameters), List.copyOf(options), List.copyOf(examples));
    }
  }
}
