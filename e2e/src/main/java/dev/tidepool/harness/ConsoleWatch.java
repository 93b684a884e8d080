package dev.tidepool.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what all pages of a test's browsers print, and tells which errors nobody expected. Runs in
 * the thread that drives the browser.
 */
public final class ConsoleWatch {
  private final List<String> lines = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final List<KnownMessage> known = new ArrayList<>(KnownMessage.OF_THE_PAGE_ITSELF);

  /** Keeps from now on what the pages of this context print, too. */
  void listen(BrowserContext context) {
    context.onConsoleMessage(this::note);
    context.onWebError(error -> note("uncaught", error.error(), true));
  }

  /** Forgets what was printed and what was declared: another test begins. */
  void begin() {
    lines.clear();
    errors.clear();
    known.clear();
    known.addAll(KnownMessage.OF_THE_PAGE_ITSELF);
  }

  /** Declares an error that this test provokes. */
  public void expect(KnownMessage message) {
    known.add(message);
  }

  private void note(ConsoleMessage message) {
    note(message.type(), message.text() + " " + message.location(), message.type().equals("error"));
  }

  private void note(String type, String text, boolean error) {
    lines.add(type + ": " + text);
    if (error && known.stream().noneMatch(entry -> entry.explains(text))) {
      errors.add(text);
    }
  }

  /** All that was printed so far, line by line. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Fails when an error was printed that no known message explains. */
  void demandNoErrors() {
    List<String> unexplained =
        errors.stream()
            .filter(text -> known.stream().noneMatch(entry -> entry.explains(text)))
            .toList();
    if (!unexplained.isEmpty()) {
      throw new AssertionError(
          "the page printed errors that nobody expected:\n  " + String.join("\n  ", unexplained));
    }
  }
}
