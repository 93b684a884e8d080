package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.environment.Environment;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.History;
import dev.tidepool.history.Version;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code tidepool log}: the versions of an environment. */
final class Log implements Command {
  private static final String LIMIT = "--limit";
  private static final String ONELINE = "--oneline";
  private static final int SHORT_COMMIT = 8;
  private static final int ALL = Integer.MAX_VALUE;

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool log", "Show the versions of an environment, newest first.")
        .option(LIMIT, "N", "Show at most so many. Default: all.")
        .toggle(ONELINE, "Show one line for each.")
        .environment()
        .json()
        .example("tidepool log --limit 5")
        .example("tidepool log --json | jq -r '.[0].version'")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Environment environment = OpenEnvironment.named(arguments, terminal);
    History history = OpenVersions.history(environment, terminal);
    List<Version> versions = history.versions(limit(arguments));
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(versions));
    } else if (arguments.has(ONELINE)) {
      for (Version version : versions) {
        terminal.out().println(PrintableText.of(version.name() + "  " + version.title()));
      }
    } else {
      Table table = new Table("VERSION", "COMMIT", "DATE", "MESSAGE");
      DateTimeFormatter format =
          DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
              .withZone(ZoneId.systemDefault());
      for (Version version : versions) {
        table.row(
            version.name(),
            version.commit().substring(0, SHORT_COMMIT),
            format.format(version.date()),
            version.title());
      }
      table.print(terminal);
    }
    return ExitCode.DONE;
  }

  private static int limit(Arguments arguments) {
    String text = arguments.option(LIMIT).orElse("");
    if (text.isEmpty()) {
      return ALL;
    }
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new TidepoolException(
          ErrorKind.USAGE, "usage", LIMIT + " takes a number from 1 on, not " + text + ".");
    }
    return Integer.parseInt(text);
  }

  private record Body(List<Version> versions) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartArray();
      for (Version version : versions) {
        generator.writeStartObject();
        generator.writeStringField("version", version.name());
        generator.writeStringField("commit", version.commit());
        generator.writeStringField("message", version.message());
        generator.writeStringField("date", version.date().toString());
        generator.writeEndObject();
      }
      generator.writeEndArray();
    }
  }
}
