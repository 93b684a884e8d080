package dev.tidepool.harness;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The dialogs that ComfyUI or a pack opens over the page. */
public final class Dialogs {
  private final Page page;

  Dialogs(Page page) {
    this.page = page;
  }

  /** All that are open. */
  public Locator all() {
    return page.getByRole(AriaRole.DIALOG);
  }

  /** The one on top. */
  public Locator top() {
    return all().last();
  }

  /** Answers the dialog that asks for a text. */
  public void answer(String text) {
    Locator input = top().locator("input").first();
    input.fill(text);
    input.press("Enter");
    assertThat(input).isHidden();
  }

  /** Presses a button of the dialog on top, and waits until the dialog is gone. */
  public void press(String button) {
    Locator dialog = top();
    goneAfter(
        () ->
            dialog
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button))
                .click());
  }

  /** Closes the dialog on top with the key Escape. */
  public void close() {
    goneAfter(() -> page.keyboard().press("Escape"));
  }

  /** Closes all that are open. */
  void closeAll() {
    for (int open = all().count(); open > 0; open--) {
      page.keyboard().press("Escape");
    }
    assertThat(all()).hasCount(0);
  }

  private void goneAfter(Runnable action) {
    ElementHandle shown = top().elementHandle();
    action.run();
    page.waitForFunction("element => !element.isConnected", shown);
    shown.dispose();
  }
}
