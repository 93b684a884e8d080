package dev.tidepool.harness;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;

/** The messages that pop up in a corner of the page. */
public final class Toasts {
  private final Page page;

  Toasts(Page page) {
    this.page = page;
  }

  /** All that are on screen. */
  public Locator all() {
    return page.locator(".p-toast-message");
  }

  /** Those that contain a text. */
  public Locator with(String text) {
    return all().filter(new Locator.FilterOptions().setHasText(text));
  }

  /** The texts on screen: of each message its summary and its detail, a line each. */
  public List<String> texts() {
    return all().locator(".p-toast-message-text").allInnerTexts().stream()
        .map(String::strip)
        .toList();
  }

  /** Waits for a message that contains a text, and closes it with its button. */
  public void dismiss(String text) {
    Locator message = with(text).first();
    message.locator(".p-toast-close-button").click();
    assertThat(with(text)).hasCount(0);
  }

  /** Takes all messages off the screen. */
  public void dismissAll() {
    page.evaluate("() => app.extensionManager.toast.removeAll()");
    assertThat(all()).hasCount(0);
  }
}
