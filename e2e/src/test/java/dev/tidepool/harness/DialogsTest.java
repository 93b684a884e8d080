package dev.tidepool.harness;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Dialogs, messages and settings of the page. */
@ComfyUiTest(packs = false, nodes = "LoadImage", sharedPage = true)
class DialogsTest {
  private static void ask(ComfyPage page, String kind) {
    page.page()
        .evaluate(
            """
            kind => {
              window.answer = 'none yet';
              app.extensionManager.dialog[kind]({title: 'A title', message: 'A question'})
                .then(answer => window.answer = answer);
            }
            """,
            kind);
    assertThat(page.dialog()).containsText("A question");
  }

  private static String answer(ComfyPage page) {
    page.page().waitForFunction("() => window.answer !== 'none yet'");
    return String.valueOf(page.page().evaluate("() => window.answer"));
  }

  @Test
  void answersAQuestionForAText(ComfyPage page) {
    ask(page, "prompt");
    page.dialogs().answer("Forty-two");
    assertThat(answer(page)).isEqualTo("Forty-two");
    assertThat(page.dialogs().all()).hasCount(0);
  }

  @Test
  void confirmsAndCloses(ComfyPage page) {
    ask(page, "confirm");
    page.dialogs().press("Confirm");
    assertThat(answer(page)).isEqualTo("true");
    ask(page, "confirm");
    page.dialogs().close();
    assertThat(answer(page)).isEqualTo("null");
  }

  @Test
  void readsAndDismissesMessages(ComfyPage page) {
    page.page()
        .evaluate(
            """
            () => {
              for (const summary of ['First', 'Second', 'Third'])
                app.extensionManager.toast.add({severity: 'info', summary, detail: 'More'});
            }
            """);
    assertThat(page.toasts().all()).hasCount(3);
    assertThat(page.toasts().texts()).contains("First\nMore", "Second\nMore");
    page.toasts().dismiss("Second");
    assertThat(page.toasts().texts()).containsExactlyInAnyOrder("First\nMore", "Third\nMore");
    page.toasts().dismissAll();
    assertThat(page.toasts().texts()).isEmpty();
  }

  @Test
  void readsAndChangesSettings(ComfyPage page, ComfyApi api) {
    String id = "Comfy.Graph.LinkMarkers";
    int before = page.settings().get(id).asInt();
    page.settings().set(id, before + 1);
    assertThat(page.settings().get(id).asInt()).isEqualTo(before + 1);
    Patience.until(
        "the setting on the server",
        Patience.USUAL,
        () -> api.userData().setting(id).filter(value -> value.asInt() == before + 1).isPresent());
    page.settings().set(id, before);
  }
}
