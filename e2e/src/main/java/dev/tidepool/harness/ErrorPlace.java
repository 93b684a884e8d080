package dev.tidepool.harness;

/** Where errors are looked for after each test. */
public enum ErrorPlace {
  /** The browser's console, and exceptions that nothing in the page caught. */
  PAGE("the page printed"),
  /** The server's log: entries at the level ERROR or CRITICAL, and Python's tracebacks. */
  SERVER("the server logged");

  private final String words;

  ErrorPlace(String words) {
    this.words = words;
  }

  /** How a message begins that tells of such errors. */
  String words() {
    return words;
  }
}
