package dev.tidepool.harness;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.ArrayList;
import java.util.List;

/** The prompts that a page queued, and which of them it knows to have ended. */
final class PageRuns {
  /** Older pages have the button within an element of that name. */
  private static final String BUTTON =
      "button[data-testid=queue-button], [data-testid=queue-button] .p-splitbutton-button";

  private final Page page;
  private final ComfyApi api;
  private final List<String> queued = new ArrayList<>();

  PageRuns(Page page, ComfyApi api) {
    this.page = page;
    this.api = api;
  }

  /** Has the page note which prompts end. A loaded page forgot it. */
  void begin() {
    queued.clear();
    page.evaluate(
        """
        () => {
          const ended = window.endedPrompts = new Set();
          for (const type of ['execution_success', 'execution_error', 'execution_interrupted'])
            app.api.addEventListener(type, event => ended.add(event.detail.prompt_id));
        }
        """);
  }

  /** Presses the button that queues the graph, and returns the prompt's id. */
  String queue() {
    Response response =
        page.waitForResponse(
            answer ->
                answer.url().endsWith("/api/prompt") && answer.request().method().equals("POST"),
            () -> page.locator(BUTTON).click());
    if (!response.ok()) {
      throw new AssertionError("the server refused the graph: " + response.text());
    }
    String id = Script.tree(response.text()).path("prompt_id").asText();
    queued.add(id);
    return id;
  }

  /** Waits until a prompt ended, and the page shows what its nodes put out. */
  PromptResult result(String id) {
    PromptResult result = api.result(id);
    page.waitForFunction("id => window.endedPrompts.has(id)", id);
    return result;
  }

  /** Waits until nothing runs or waits, and the page shows what ran. */
  void awaitIdle() {
    api.awaitIdle();
    queued.stream().filter(id -> api.queue().result(id).isPresent()).forEach(this::result);
    queued.clear();
    page.waitForFunction("() => app.runningNodeId === null");
  }
}
