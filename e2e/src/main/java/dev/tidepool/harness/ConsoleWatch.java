package dev.tidepool.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import java.util.ArrayList;
import java.util.List;

/** Keeps what all pages of a test's browsers print. Runs in the thread that drives them. */
public final class ConsoleWatch {
  private final List<String> lines = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final List<KnownMessage> expected = new ArrayList<>();

  /** Keeps from now on what the pages of this context print, too. */
  void listen(BrowserContext context) {
    context.onConsoleMessage(this::note);
    context.onWebError(error -> note("uncaught", error.error(), true));
  }

  /** Forgets what was printed and what was declared: another test begins. */
  void begin() {
    lines.clear();
    errors.clear();
    expected.clear();
  }

  /** Declares an error that this test provokes, as {@link Ledger#expect} does. */
  public void expect(KnownMessage message) {
    expected.add(message);
  }

  /** Hands over what was declared. */
  List<KnownMessage> takeExpected() {
    List<KnownMessage> taken = List.copyOf(expected);
    expected.clear();
    return taken;
  }

  private void note(ConsoleMessage message) {
    note(message.type(), message.text() + " " + message.location(), message.type().equals("error"));
  }

  private void note(String type, String text, boolean error) {
    lines.add(type + ": " + text);
    if (error) {
      errors.add(text);
    }
  }

  /** All that was printed so far, line by line. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The errors among it. */
  List<String> errors() {
    return List.copyOf(errors);
  }
}
