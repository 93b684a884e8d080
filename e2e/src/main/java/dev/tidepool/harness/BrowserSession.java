package dev.tidepool.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A part of the browser of one's own: a fresh context, its tabs, and what they print. */
final class BrowserSession implements AutoCloseable, ComfyPage.Opener {
  private final Chromium chromium;
  private final BrowserContext context;
  private final ComfyApi api;
  private final RenderMode mode;
  private final ConsoleWatch console;
  private final ComfyPage first;
  private final List<BrowserContext> others = new ArrayList<>();

  BrowserSession(Chromium chromium, ComfyUi server, RenderMode mode) {
    this.chromium = chromium;
    this.context = chromium.newContext();
    this.api = server.api();
    this.mode = mode;
    this.console = new ConsoleWatch();
    console.listen(context);
    api.settings(ComfyPage.settings(mode));
    context
        .tracing()
        .start(new Tracing.StartOptions().setSnapshots(Boolean.getBoolean("tidepool.trace")));
    this.first = open(context);
  }

  private ComfyPage open(BrowserContext in) {
    return new ComfyPage(in.newPage(), api, mode, console, this).open();
  }

  @Override
  public ComfyPage tab() {
    return open(context);
  }

  @Override
  public ComfyPage browser() {
    BrowserContext other = chromium.newContext();
    others.add(other);
    console.listen(other);
    return open(other);
  }

  /** Makes the session as good as new for another test of the same class. */
  void reset() {
    for (Page tab : context.pages()) {
      if (!tab.equals(first.page())) {
        tab.close();
      }
    }
    closeOthers();
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
    folder.keepPages(context, others, console);
  }

  private void closeOthers() {
    others.forEach(BrowserContext::close);
    others.clear();
  }

  @Override
  public void close() {
    closeOthers();
    context.close();
  }
}
