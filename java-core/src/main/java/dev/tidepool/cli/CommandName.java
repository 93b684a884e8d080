package dev.tidepool.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every command by its words. A command's own class is loaded only when it is asked for. */
enum CommandName {
  COMPLETION("completion", "");

  private final String group;
  private final String name;

  CommandName(String group, String name) {
    this.group = group;
    this.name = name;
  }

  /** The first word after {@code tidepool}. */
  String group() {
    return group;
  }

  /** The second word; empty when the command has only one. */
  String word() {
    return name;
  }

  /** How many words choose the command. */
  int words() {
    return name.isEmpty() ? 1 : 2;
  }

  Command create() {
    return switch (this) {
      case COMPLETION -> new Completion();
    };
  }

  /** The command that these arguments begin with, if any. */
  static @Nullable CommandName at(List<String> arguments) {
    for (CommandName command : values()) {
      if (command.starts(arguments)) {
        return command;
      }
    }
    return null;
  }

  private boolean starts(List<String> arguments) {
    return arguments.size() >= words()
        && arguments.get(0).equals(group)
        && (name.isEmpty() || arguments.get(1).equals(name));
  }
}
