package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.util.Map;

/** ComfyUI's settings as the open page has them; a change is also stored on the server. */
public final class PageSettings {
  private final Page page;

  PageSettings(Page page) {
    this.page = page;
  }

  /** A setting's value, or its default. */
  public JsonNode get(String id) {
    return Script.tree(
        page.evaluate("id => JSON.stringify(app.extensionManager.setting.get(id)) ?? 'null'", id));
  }

  /** Changes a setting as the settings dialog does, and waits until it is stored. */
  public void set(String id, Object value) {
    page.evaluate(
        "async ({id, value}) => { await app.extensionManager.setting.set(id, value); }",
        Map.of("id", id, "value", value));
  }
}
