package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Shows the user what went wrong: one line, then hints; or as JSON on standard output. */
final class ErrorReport {
  private final Terminal terminal;
  private final List<String> arguments;
  private final boolean json;

  /** Takes the whole command line: what is wrong with it may be that it cannot be parsed. */
  ErrorReport(Terminal terminal, List<String> arguments) {
    this.terminal = terminal;
    this.arguments = arguments;
    this.json = arguments.contains(Syntax.JSON);
  }

  /** Prints an error that the user can understand, and answers its exit code. */
  int print(TidepoolException error) {
    print(error.code(), error.text(), error.hints());
    return error.exitCode();
  }

  /** Prints that Tidepool itself is at fault, and where the details are. */
  int bug(Throwable bug) {
    print(
        "internal-error",
        "Tidepool failed; the fault is its own.",
        List.of("The details, for a report, are in " + write(bug) + "."));
    return ExitCode.BUG;
  }

  private void print(String code, String message, List<String> hints) {
    if (json) {
      JsonAnswer.print(terminal, generator -> writeError(generator, code, message, hints));
      return;
    }
    terminal.out().flush();
    boolean colours = terminal.coloursErr();
    terminal.err().println(mark("error:", "31", colours) + " " + PrintableText.of(message));
    for (String hint : hints) {
      terminal.err().println(mark("hint:", "36", colours) + " " + PrintableText.of(hint));
    }
  }

  private static void writeError(
      JsonGenerator generator, String code, String message, List<String> hints) throws IOException {
    generator.writeStartObject();
    generator.writeFieldName("error");
    JsonAnswer.writeError(generator, code, message, hints);
    generator.writeEndObject();
  }

  private static String mark(String word, String colour, boolean colours) {
    return colours ? "\u001b[1;" + colour + "m" + word + "\u001b[0m" : word;
  }

  /** An address may hold a password, or what signs it. */
  private static String withoutSecrets(String argument) {
    String hidden = Secrets.hidden(argument);
    return hidden.contains("://") ? hidden.replaceFirst("(?s)\\?.*", "?***") : hidden;
  }

  private String write(Throwable bug) {
    StringWriter text = new StringWriter();
    text.append("arguments: ")
        .append(String.join(" ", arguments.stream().map(ErrorReport::withoutSecrets).toList()))
        .append('\n');
    text.append("java: ").append(System.getProperty("java.runtime.version")).append('\n');
    bug.printStackTrace(new PrintWriter(text, true));
    DateTimeFormatter stamp =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    Path file = terminal.logs().resolve("bug-" + stamp.format(terminal.clock().instant()) + ".log");
    try {
      Files.createDirectories(terminal.logs());
      Files.writeString(file, text.toString());
      return file.toString();
    } catch (IOException e) {
      terminal.err().print(text);
      return "the lines above";
    }
  }
}
