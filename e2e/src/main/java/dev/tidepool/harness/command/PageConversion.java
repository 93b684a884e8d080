package dev.tidepool.harness.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.PlaywrightException;
import dev.tidepool.harness.Chromium;
import dev.tidepool.harness.ComfyApi;
import dev.tidepool.harness.GuestPage;
import dev.tidepool.harness.golden.Conversion;
import dev.tidepool.harness.golden.GoldenException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Converts in ComfyUI's own page, in a browser that starts with the first workflow. */
final class PageConversion implements Conversion, AutoCloseable {
  private final ComfyApi api;
  private @Nullable Chromium chromium;
  private @Nullable GuestPage page;

  PageConversion(ComfyApi api) {
    this.api = api;
  }

  @Override
  public ObjectNode toPrompt(JsonNode workflow) {
    try {
      GuestPage open = page();
      open.reset();
      open.page().graph().load(workflow);
      if (open.page().prompt() instanceof ObjectNode prompt && !prompt.isEmpty()) {
        return prompt;
      }
    } catch (PlaywrightException | UncheckedIOException | AssertionError e) {
      // The page may be in any state now.
      closePage();
      throw new GoldenException(
          "ComfyUI's page cannot turn the workflow into a prompt: " + firstLine(e) + ".");
    }
    throw new GoldenException("The workflow has no node that runs.");
  }

  private GuestPage page() {
    Chromium browser = chromium;
    if (browser == null) {
      try {
        browser = Chromium.start();
      } catch (IllegalStateException e) {
        throw new GoldenException(
            "A workflow in the editor's format needs a browser: " + e.getMessage() + ".",
            "Debian, Ubuntu: sudo apt install chromium",
            "A workflow in API format needs none: Export (API) in ComfyUI's menu.");
      }
      chromium = browser;
    }
    GuestPage open = page;
    if (open == null) {
      open = GuestPage.open(browser, api);
      page = open;
    }
    return open;
  }

  private static String firstLine(Throwable error) {
    return String.valueOf(error.getMessage())
        .lines()
        .filter(line -> !line.isBlank() && !line.equals("Error {"))
        .findFirst()
        .orElse("no reason given")
        .strip();
  }

  private void closePage() {
    GuestPage open = page;
    page = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    Chromium browser = chromium;
    if (browser != null) {
      browser.close();
    }
  }
}
