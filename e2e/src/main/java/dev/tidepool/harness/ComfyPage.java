package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * ComfyUI's page in a tab of the browser. Every action returns when its effect is there. To be used
 * by one thread.
 */
public final class ComfyPage {
  private static final double START_LIMIT_MILLIS = 60_000;
  private static final String READY =
      """
      () => window.app?.extensionManager && !app.extensionManager.spinner && app.canvas
          && !document.querySelector('.p-blockui-mask') && document.querySelector('canvas#graph-canvas')
      """;

  private final Page page;
  private final ComfyApi api;
  private final RenderMode mode;
  private final ConsoleWatch console;
  private final Graph graph;
  private final Opener opener;
  private final Dialogs dialogs;
  private final PageRuns runs;

  /** Opens more pages on the same server. */
  interface Opener {
    /** One in the same browser. */
    ComfyPage tab();

    /** One in another browser. */
    ComfyPage browser();
  }

  ComfyPage(Page page, ComfyApi api, RenderMode mode, ConsoleWatch console, Opener opener) {
    this.page = page;
    this.api = api;
    this.mode = mode;
    this.console = console;
    this.opener = opener;
    this.graph = new Graph(this);
    this.dialogs = new Dialogs(page);
    this.runs = new PageRuns(page, api);
  }

  /** The settings that keep dialogs, hints and the last workflow away. */
  static Map<String, Object> settings(RenderMode mode) {
    return Map.of(
        "Comfy.TutorialCompleted", true,
        "Comfy.Workflow.Persist", false,
        "Comfy.Notification.ShowVersionUpdates", false,
        "Comfy.EnableTooltips", false,
        "Comfy.Graph.CanvasInfo", false,
        "Comfy.VueNodes.Enabled", mode.usesElements());
  }

  /** Opens ComfyUI with an empty graph. */
  ComfyPage open() {
    page.navigate(api.address().toString());
    awaitReady();
    graph.clear();
    return this;
  }

  /** Closes what a test may have left open, and empties the graph. */
  void reset() {
    dialogs.closeAll();
    graph.clear();
  }

  /** Loads the page anew, as the user's F5 does; ends when it is ready. */
  public void reload() {
    page.reload();
    awaitReady();
  }

  private void awaitReady() {
    page.waitForFunction(
        READY, null, new Page.WaitForFunctionOptions().setTimeout(START_LIMIT_MILLIS));
    page.waitForFunction(
        "wanted => Boolean(window.LiteGraph.vueNodesMode) === wanted", mode.usesElements());
    runs.begin();
  }

  /** Opens a second tab of the same browser, with an empty graph. */
  public ComfyPage openTab() {
    return opener.tab();
  }

  /**
   * Opens a page in a browser of its own, with an empty graph: it shares no cookies, no storage and
   * no cache with this one. It is closed when the test ends.
   */
  public ComfyPage openBrowser() {
    return opener.browser();
  }

  /** Brings this tab to the front. */
  public void bringToFront() {
    page.bringToFront();
  }

  /** Playwright's own page, for what this class does not offer. */
  public Page page() {
    return page;
  }

  /** The graph on screen. */
  public Graph graph() {
    return graph;
  }

  /** How this page draws nodes. */
  public RenderMode mode() {
    return mode;
  }

  /** The API of the server behind this page. */
  public ComfyApi api() {
    return api;
  }

  /** What this page prints. */
  public ConsoleWatch console() {
    return console;
  }

  /** Runs a command of ComfyUI, such as {@code Comfy.Undo}, to its end. */
  public void command(String id) {
    page.evaluate("id => app.extensionManager.command.execute(id)", id);
    settle();
  }

  /** Takes the last change back, as Ctrl-Z does. */
  public void undo() {
    command("Comfy.Undo");
  }

  /** Makes the change again, as Ctrl-Y does. */
  public void redo() {
    command("Comfy.Redo");
  }

  /** Presses Run and waits for the result, until the page shows it too. */
  public PromptResult run() {
    return runs.result(queue());
  }

  /**
   * Presses Run, which queues the graph on screen once.
   *
   * @return the prompt's id
   * @throws AssertionError when the server refuses the graph; with its reasons
   */
  public String queue() {
    return runs.queue();
  }

  /** Waits until nothing runs or waits, and the page shows what its prompts put out. */
  public void awaitIdle() {
    runs.awaitIdle();
  }

  /** The graph on screen as it would be queued. */
  public JsonNode prompt() {
    return Script.tree(
        page.evaluate("async () => JSON.stringify((await app.graphToPrompt()).output)"));
  }

  /** The graph on screen as it would be saved. */
  public JsonNode workflow() {
    return Script.tree(page.evaluate("() => JSON.stringify(app.rootGraph.serialize())"));
  }

  /** The dialogs over the page. */
  public Dialogs dialogs() {
    return dialogs;
  }

  /** The dialog that is open. */
  public Locator dialog() {
    return dialogs.top();
  }

  /** Answers the dialog that asks for a text. */
  public void answerPrompt(String text) {
    dialogs.answer(text);
  }

  /** Presses a button of the dialog that is open, and waits until the dialog is gone. */
  public void pressInDialog(String button) {
    dialogs.press(button);
  }

  /** The settings as this page has them. */
  public PageSettings settings() {
    return new PageSettings(page);
  }

  /** Chooses from the menu that a right click opened, by the entries' texts from outer to inner. */
  public void chooseFromMenu(String... entries) {
    for (int i = 0; i < entries.length; i++) {
      Locator entry =
          page.locator(".litecontextmenu .litemenu-entry, [role=menuitem]")
              .filter(new Locator.FilterOptions().setHasText(entries[i]))
              .last();
      // An element's menu opens its inner menus below the pointer; the canvas's wants a click.
      if (mode.usesElements() && i < entries.length - 1) {
        entry.hover();
      } else {
        entry.click();
      }
    }
  }

  /** The messages that pop up in a corner. */
  public Toasts toasts() {
    return new Toasts(page);
  }

  /** Waits until every image in the page is loaded and nothing moves any more. */
  public void awaitPictures() {
    page.waitForFunction(
        """
        () => [...document.images].every(image => image.complete)
            && document.getAnimations().every(animation => animation.playState !== 'running')
        """);
  }

  /** Where an element is on screen once it moves no more. */
  public BoundingBox settledBox(Locator element) {
    BoundingBox[] last = {element.boundingBox()};
    return Patience.get(
        element + " to stand still",
        Patience.USUAL,
        () -> {
          settle();
          BoundingBox before = last[0];
          BoundingBox now = element.boundingBox();
          last[0] = now;
          boolean still =
              now.x == before.x
                  && now.y == before.y
                  && now.width == before.width
                  && now.height == before.height;
          return still ? Optional.of(now) : Optional.empty();
        });
  }

  /** Takes a picture of what is on screen. */
  public void screenshot(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  /** Takes a picture of a part of the screen. */
  public void screenshot(Path file, BoundingBox part) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(file)
            .setClip(part.x, part.y, part.width, part.height));
  }

  /** Waits until two frames are drawn, so that what a change triggers is on screen. */
  public void settle() {
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }
}
