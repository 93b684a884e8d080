package dev.tidepool.bridge;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Turns the log lines of {@code dev.tidepool} into events, instead of printing them.
 *
 * <p>System.Logger writes through java.util.logging where that module is present, which holds for
 * every JVM the bridge starts. Safe for use by any number of threads.
 */
final class LogFeed extends Handler {
  private final Events events;
  // Held, because java.util.logging forgets loggers, with their handlers, that nobody holds.
  private final Logger root;
  private final Formatter formatter = new SimpleFormatter();

  private LogFeed(Events events, Logger root) {
    this.events = events;
    this.root = root;
  }

  static LogFeed install(Events events) {
    return install(events, Logger.getLogger("dev.tidepool"));
  }

  static LogFeed install(Events events, Logger root) {
    LogFeed feed = new LogFeed(events, root);
    root.setUseParentHandlers(false);
    root.addHandler(feed);
    return feed;
  }

  /**
   * Lets through what Python's logging calls by this name, and above; an unknown name lets
   * everything through.
   */
  void level(String python) {
    Level level =
        switch (python) {
          case "INFO" -> Level.INFO;
          case "WARNING" -> Level.WARNING;
          case "ERROR", "CRITICAL" -> Level.SEVERE;
          default -> Level.ALL;
        };
    // Setting a level walks all loggers below.
    if (!level.equals(root.getLevel())) {
      root.setLevel(level);
    }
  }

  @Override
  public void publish(LogRecord record) {
    events.publish(
        new Event.LogLine(
            python(record.getLevel()), String.valueOf(record.getLoggerName()), text(record)));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }

  private String text(LogRecord record) {
    String message = formatter.formatMessage(record);
    Throwable thrown = record.getThrown();
    if (thrown == null) {
      return message;
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return message + System.lineSeparator() + trace.toString().stripTrailing();
  }

  private static String python(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }
}
