package dev.tidepool.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps which requests of a context failed or were answered with an error. Runs in the thread that
 * drives the browser.
 */
final class NetworkWatch {
  private final List<String> lines = new ArrayList<>();

  void listen(BrowserContext context) {
    context.onRequestFailed(this::failed);
    context.onResponse(this::answered);
  }

  private void failed(Request request) {
    lines.add("failed " + request.method() + " " + request.url() + ": " + request.failure());
  }

  private void answered(Response response) {
    if (response.status() >= 400) {
      lines.add(response.status() + " " + response.request().method() + " " + response.url());
    }
  }

  /** Forgets what was so far. */
  void begin() {
    lines.clear();
  }

  /** What failed, a request a line. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
