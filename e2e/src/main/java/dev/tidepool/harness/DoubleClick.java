package dev.tidepool.harness;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/**
 * A double click whose events tell times of their own. ComfyUI's canvas goes by these: clicks with
 * the same time, which Chromium gives in steps of 0.1 ms, are one click to it, and so are clicks
 * 300 ms apart, as they come from a busy machine that lets each of them wait for the one before.
 *
 * @see <a
 *     href="https://chromedevtools.github.io/devtools-protocol/tot/Input/#method-dispatchMouseEvent">Input.dispatchMouseEvent</a>
 */
final class DoubleClick {
  private static final double STEP_SECONDS = 0.02;

  private final Page page;

  DoubleClick(Page page) {
    this.page = page;
  }

  /** Clicks, in pixels of the page; ends when the page has handled it. */
  void at(double x, double y) {
    page.mouse().move(x, y);
    double begin =
        ((Number) page.evaluate("() => performance.timeOrigin + performance.now()")).doubleValue()
            / 1000;
    CDPSession session = page.context().newCDPSession(page);
    for (int click = 1; click <= 2; click++) {
      double pressed = begin + click * 2 * STEP_SECONDS;
      session.send("Input.dispatchMouseEvent", event("mousePressed", click, pressed, x, y));
      session.send(
          "Input.dispatchMouseEvent", event("mouseReleased", click, pressed + STEP_SECONDS, x, y));
    }
    session.detach();
  }

  private static JsonObject event(String type, int click, double seconds, double x, double y) {
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.addProperty("x", x);
    event.addProperty("y", y);
    event.addProperty("button", "left");
    event.addProperty("clickCount", click);
    event.addProperty("timestamp", seconds);
    return event;
  }
}
