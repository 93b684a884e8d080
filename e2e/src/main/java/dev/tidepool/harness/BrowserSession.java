package dev.tidepool.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A part of the browser of one's own: a fresh context, its tabs, and what they print; further
 * browsers beside it when a test asks for them. On a server with several users ({@code
 * --multi-user}) it has a new user too.
 */
final class BrowserSession implements AutoCloseable, ComfyPage.Opener {
  private final Chromium chromium;
  private final BrowserContext context;
  private final Optional<String> user;
  private final ComfyApi api;
  private final RenderMode mode;
  private final ConsoleWatch console;
  private final NetworkWatch network = new NetworkWatch();
  private final ComfyPage first;
  private final List<BrowserContext> others = new ArrayList<>();

  BrowserSession(Chromium chromium, ComfyUi server, RenderMode mode) {
    this.chromium = chromium;
    this.context = chromium.newContext();
    // The name has to be new on a server that lives longer than this run.
    this.user = server.api().newUser("tester " + UUID.randomUUID());
    this.api = user.map(server.api()::as).orElse(server.api());
    this.mode = mode;
    this.console = new ConsoleWatch();
    listen(context);
    api.settings(ComfyPage.settings(mode));
    context
        .tracing()
        .start(
            new Tracing.StartOptions()
                .setScreenshots(true)
                .setSnapshots(Boolean.getBoolean("tidepool.trace")));
    this.first = open(context);
  }

  private void listen(BrowserContext to) {
    console.listen(to);
    network.listen(to);
    // As one does who chose the user on ComfyUI's start page; a blank page has no storage.
    user.ifPresent(
        id ->
            to.addInitScript(
                "if (location.protocol === 'http:') localStorage.setItem('Comfy.userId', '%s')"
                    .formatted(id)));
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
    listen(other);
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
    network.begin();
    // A trace of its own for each test.
    context.tracing().stopChunk();
    context.tracing().startChunk();
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

  /** The errors that the pages printed so far, with those on their way. */
  List<String> errors() {
    if (!first.page().isClosed()) {
      // What the page printed before it answers comes in before its answer.
      first.page().evaluate("() => 0");
    }
    return console.errors();
  }

  void keep(FailureFolder folder) throws IOException {
    folder.keepLines("network.txt", network.lines());
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
