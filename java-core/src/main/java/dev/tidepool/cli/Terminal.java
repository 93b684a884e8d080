package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * The surroundings of a command: data goes to {@code out}, talk to {@code err}, both in UTF-8.
 *
 * @param in what the user types
 * @param environment the environment variables
 * @param folder the current folder, absolute
 * @param logs the folder for reports about bugs; made when needed
 * @param inIsTerminal whether a person types {@code in}
 * @param outIsTerminal whether a person reads {@code out} directly
 * @param errIsTerminal whether a person reads {@code err} directly
 */
record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path folder,
    Path logs,
    Clock clock,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Interruption interruption) {

  /**
   * The surroundings of this process. The launcher, which sees the file descriptors, says through
   * the system properties {@code tidepool.in.terminal}, {@code tidepool.out.terminal} and {@code
   * tidepool.err.terminal} whether they are terminals.
   */
  static Terminal ofProcess(Interruption interruption) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    String logs = System.getProperty("tidepool.logs");
    return new Terminal(
        System.in,
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        logs == null ? temporary : Path.of(logs),
        Clock.systemUTC(),
        Boolean.getBoolean("tidepool.in.terminal"),
        Boolean.getBoolean("tidepool.out.terminal"),
        Boolean.getBoolean("tidepool.err.terminal"),
        interruption);
  }

  /** Whether colours may be used on {@code out}. */
  boolean coloursOut() {
    return outIsTerminal && coloursWanted();
  }

  /** Whether colours may be used on {@code err}. */
  boolean coloursErr() {
    return errIsTerminal && coloursWanted();
  }

  /**
   * A path that the user typed; absolute.
   *
   * @throws TidepoolException of the code {@code path-invalid}
   */
  Path path(String text) {
    try {
      return folder.resolve(text);
    } catch (InvalidPathException e) {
      throw new TidepoolException(
          e, ErrorKind.USAGE, "path-invalid", "Not a possible path: " + text + ".");
    }
  }

  /** Whether a person is there who reads questions and types answers. */
  boolean canAsk() {
    return inIsTerminal && errIsTerminal;
  }

  /** Prints one line of talk. */
  void say(String line) {
    err.println(PrintableText.of(line));
  }

  /** Writes out what is held back, and says whether all data could be written. */
  boolean flush() {
    boolean written = !out.checkError();
    if (!written) {
      err.println("error: Cannot write to standard output.");
    }
    err.flush();
    return written;
  }

  private boolean coloursWanted() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
