package dev.tidepool.harness.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The surroundings of the command: data goes to {@code out}, talk to {@code err}.
 *
 * @param folder the current folder, absolute
 * @param outIsTerminal whether a person reads {@code out} directly
 * @param errIsTerminal whether a person reads {@code err} directly
 */
record Terminal(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path folder,
    boolean outIsTerminal,
    boolean errIsTerminal) {
  /** Control characters but the line feed, and marks that turn the direction of writing. */
  private static final Pattern STEERING =
      Pattern.compile("[\\p{Cntrl}&&[^\\n]]|[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

  static Terminal ofProcess() {
    return new Terminal(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Boolean.getBoolean("tidepool.out.terminal"),
        Boolean.getBoolean("tidepool.err.terminal"));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Whether colours may be used on {@code out}. */
  boolean coloursOut() {
    return outIsTerminal && coloursWanted();
  }

  private boolean coloursWanted() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  /** Text that cannot steer a terminal. */
  static String printable(String text) {
    return STEERING.matcher(text).replaceAll("?");
  }

  /** A word in a colour, where colours may be used. */
  static String coloured(String word, String colour, boolean allowed) {
    return allowed ? "\u001b[1;" + colour + "m" + word + "\u001b[0m" : word;
  }

  void error(String message, List<String> hints) {
    boolean colours = errIsTerminal && coloursWanted();
    err.println(coloured("error:", "31", colours) + " " + printable(message));
    for (String hint : hints) {
      err.println(coloured("hint:", "36", colours) + " " + printable(hint));
    }
  }

  /** Shows what is being done, on a terminal only; the next line takes its place. */
  void progress(String text) {
    if (errIsTerminal && !"dumb".equals(environment.get("TERM"))) {
      String line = printable(text);
      err.print("\r\u001b[K" + line.substring(0, Math.min(line.length(), 79)));
      err.flush();
    }
  }

  /** Takes the last progress away. */
  void clear() {
    progress("");
  }
}
