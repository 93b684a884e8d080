package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Test classes that fail on purpose, for {@link FailuresTest}; no run finds them by itself. */
final class FailingSamples {
  private FailingSamples() {}

  /** Fails by itself, after a request that failed. */
  @ComfyUiTest(packs = false, modes = RenderMode.CLASSIC)
  static class Plain {
    @Test
    void isWrong(ComfyPage page, ComfyApi api) {
      page.graph().add("EmptyImage", 100, 100);
      page.page().evaluate("() => fetch('/no-such-address')");
      page.page().route("**/cut-off", route -> route.abort());
      page.page().evaluate("() => fetch('/cut-off').catch(() => {})");
      api.run(PromptGraph.failing("(of the failing sample"));
      assertThat("found").isEqualTo("expected");
    }
  }

  /** Asserts nothing, but leaves errors in page and log, or expects some that never come. */
  @ComfyUiTest(packs = false, modes = RenderMode.CLASSIC, sharedPage = true)
  @ExpectedError(in = ErrorPlace.SERVER, pattern = "of the class", cause = "some tests make it")
  static class Silent {
    private static void print(ComfyPage page, String text) {
      page.page().evaluate("text => console.error(text)", text);
    }

    @Test
    void printsAnError(ComfyPage page) {
      print(page, "nobody expected this");
    }

    @Test
    void throwsInThePage(ComfyPage page) {
      page.page().evaluate("() => { setTimeout(() => { throw new Error('thrown late'); }); }");
      page.settle();
    }

    @Test
    void makesTheServerComplain(ComfyApi api) {
      api.run(PromptGraph.failing("(unexpected"));
    }

    @Test
    @ExpectedError(in = ErrorPlace.PAGE, pattern = "never printed", cause = "it is stale")
    void expectsTooMuch(ComfyPage page) {
      print(page, "another error");
      page.console().expect(new KnownMessage(Pattern.compile("another error"), "just printed"));
    }

    @Test
    @ExpectedError(in = ErrorPlace.SERVER, pattern = "regex|missing \\)", cause = "asked for")
    void succeedsWithWhatItExpects(ComfyPage page, ComfyApi api, Ledger ledger) {
      ledger.expect(ErrorPlace.PAGE, "declared by a call", "the next line prints it");
      print(page, "declared by a call");
      api.run(PromptGraph.failing("(expected"));
    }

    @Test
    void succeedsAfterTheOthers(ComfyPage page) {
      assertThat(page.graph().nodes()).isEmpty();
    }
  }

  /** Declares an error for the class that only the start of a page brings. */
  @ComfyUiTest(packs = false, modes = RenderMode.CLASSIC)
  @ExpectedError(in = ErrorPlace.PAGE, pattern = "user\\.css", cause = "a new page asks for it")
  static class DeclaredForTheClass {
    @Test
    void succeedsWithThePage(ComfyPage page) {
      assertThat(page.graph().nodes()).isEmpty();
    }

    @Test
    void succeedsWithoutAPage(ComfyApi api) {
      assertThat(api.queue().length()).isZero();
    }
  }
}
