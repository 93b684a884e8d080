package dev.tidepool.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import java.io.IOException;

/** A part of the browser of one's own: a fresh context, its tabs, and what they print. */
final class BrowserSession implements AutoCloseable {
  private final BrowserContext context;
  private final ComfyApi api;
  private final RenderMode mode;
  private final ConsoleWatch console;
  private final ComfyPage first;

  BrowserSession(Chromium chromium, ComfyUi server, RenderMode mode) {
    this.context = chromium.newContext();
    this.api = server.api();
    this.mode = mode;
    this.console = new ConsoleWatch(context);
    api.settings(ComfyPage.settings(mode));
    context
        .tracing()
        .start(new Tracing.StartOptions().setSnapshots(Boolean.getBoolean("tidepool.trace")));
    this.first = openTab();
  }

  private ComfyPage openTab() {
    return new ComfyPage(context.newPage(), api, mode, console, this::openTab).open();
  }

  /** Makes the session as good as new for another test of the same class. */
  void reset() {
    for (Page tab : context.pages()) {
      if (!tab.equals(first.page())) {
        tab.close();
      }
    }
    console.begin();
    // The server keeps one set of settings; a session in the other render mode may have changed it.
    api.settings(ComfyPage.settings(mode));
    first.reset();
  }

  ComfyPage page() {
    return first;
  }

  ConsoleWatch console() {
    return console;
  }

  void keep(FailureFolder folder) throws IOException {
    folder.keepPages(context, console);
  }

  @Override
  public void close() {
    context.close();
  }
}
