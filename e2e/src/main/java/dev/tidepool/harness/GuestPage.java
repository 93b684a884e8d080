package dev.tidepool.harness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;

/**
 * A page of ComfyUI outside of any JUnit test, which leaves no trace on its server: the settings
 * that the harness needs are answered in the browser, and what the page wants to store of them goes
 * nowhere. To be used by one thread.
 */
public final class GuestPage implements AutoCloseable {
  private static final RenderMode MODE = RenderMode.CLASSIC;

  private final BrowserContext context;
  private final ComfyPage page;

  private GuestPage(BrowserContext context, ComfyApi api) {
    this.context = context;
    context.route("**/api/settings", route -> answer(route, api));
    context.route("**/api/settings/*", GuestPage::answerOne);
    this.page = new ComfyPage(context.newPage(), api, MODE, new ConsoleWatch(), new OnePage());
    page.open();
  }

  /** Opens ComfyUI with an empty graph, in a context of its own. */
  public static GuestPage open(Chromium chromium, ComfyApi api) {
    BrowserContext context = chromium.newContext();
    try {
      return new GuestPage(context, api);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private static void answer(Route route, ComfyApi api) {
    if (!route.request().method().equals("GET")) {
      fulfill(route, "");
      return;
    }
    ObjectNode all = api.object();
    api.get("/settings").properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
    ComfyPage.settings(MODE).forEach(all::putPOJO);
    fulfill(route, all.toString());
  }

  private static void answerOne(Route route) {
    if (route.request().method().equals("GET")) {
      route.resume();
    } else {
      fulfill(route, "");
    }
  }

  private static void fulfill(Route route, String json) {
    route.fulfill(
        new Route.FulfillOptions().setStatus(200).setContentType("application/json").setBody(json));
  }

  /** Closes what the last workflow may have opened, and empties the graph. */
  public void reset() {
    page.reset();
  }

  /** The page. */
  public ComfyPage page() {
    return page;
  }

  @Override
  public void close() {
    context.close();
  }

  /** A guest has one page. */
  private static final class OnePage implements ComfyPage.Opener {
    @Override
    public ComfyPage tab() {
      throw new UnsupportedOperationException("a guest has one page");
    }

    @Override
    public ComfyPage browser() {
      return tab();
    }
  }
}
