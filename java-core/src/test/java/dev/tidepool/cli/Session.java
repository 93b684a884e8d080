package dev.tidepool.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs whole command lines in one folder and keeps what they print, with everything that differs
 * from run to run replaced: ids by {@code ID1}, {@code ID2}, …; the folder by {@code HERE}.
 */
final class Session {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:06.789Z"), ZoneOffset.UTC);

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private String typed = "";
  private final Map<String, String> ids = new LinkedHashMap<>();

  Session(Path folder) {
    this.folder = folder;
  }

  /** A person sits there and types this when a command asks. */
  Session typing(String lines) {
    typed = lines;
    return this;
  }

  /** What one command printed and answered. */
  record Run(int exitCode, List<String> out, List<String> err) {}

  Session with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs a line as one would type it after {@code tidepool}; single quotes group words. */
  Run run(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      String word = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      words.add(known(word));
    }
    return run(words.toArray(String[]::new));
  }

  Run run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = terminal(out, err, false);
    int exitCode = new Dispatcher(terminal).run(arguments);
    terminal.flush();
    return new Run(exitCode, lines(out), lines(err));
  }

  Terminal terminal(ByteArrayOutputStream out, ByteArrayOutputStream err, boolean people) {
    return new Terminal(
        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        environment,
        folder,
        folder.resolve("logs"),
        CLOCK,
        people || !typed.isEmpty(),
        people,
        people || !typed.isEmpty(),
        Interruption.none());
  }

  private List<String> lines(ByteArrayOutputStream bytes) {
    return steady(bytes.toString(StandardCharsets.UTF_8)).lines().toList();
  }

  private String steady(String text) {
    String steady =
        UUID.matcher(text)
            .replaceAll(match -> ids.computeIfAbsent(match.group(), id -> "ID" + (ids.size() + 1)));
    return steady
        .replace(folder.toString(), "HERE")
        .replaceAll("\"revision\":\"[^\"]+\"", "\"revision\":\"REVISION\"")
        .replaceAll("\"bytes\":\\d+,\"files\"", "\"bytes\":BYTES,\"files\"")
        .replaceAll("files, \\d+ B", "files, SIZE")
        .replaceAll("\"modified\":\\d+", "\"modified\":MODIFIED");
  }

  private String known(String word) {
    for (Map.Entry<String, String> id : ids.entrySet()) {
      if (id.getValue().equals(word)) {
        return id.getKey();
      }
    }
    return word;
  }
}
