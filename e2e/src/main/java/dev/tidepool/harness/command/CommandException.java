package dev.tidepool.harness.command;

import java.util.List;

/** The command cannot go on; the message says why, for the user. */
final class CommandException extends RuntimeException {
  private final int exitCode;
  private final String code;
  private final transient List<String> hints;

  CommandException(int exitCode, String code, String message, List<String> hints) {
    super(message);
    this.exitCode = exitCode;
    this.code = code;
    this.hints = List.copyOf(hints);
  }

  static CommandException usage(String message, String... hints) {
    return new CommandException(ExitCode.USAGE, "usage", message, List.of(hints));
  }

  static CommandException failure(String code, String message, String... hints) {
    return new CommandException(ExitCode.FAILURE, code, message, List.of(hints));
  }

  int exitCode() {
    return exitCode;
  }

  /** A stable name for programs. */
  String code() {
    return code;
  }

  List<String> hints() {
    return hints;
  }
}
