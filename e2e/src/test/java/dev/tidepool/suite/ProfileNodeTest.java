package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.harness.KnownMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The buttons and the menu of the node Pool Profile. */
class ProfileNodeTest extends PoolSuite {
  @TempDir Path folder;

  @Test
  void importsAZipThatIsDroppedOnTheNode() throws IOException {
    PoolApi.Profile original = pools.create("Sea", "one.png", "two.png");
    Path archive = Files.write(folder.resolve("sea.zip"), pools.export(original));
    Pair pair = addPair();
    pair.profile().drop(archive);
    pair.profile().expectChosen("Sea (2)");
    pair.pool().expectImages("one.png", "two.png");
  }

  @Test
  void refusesWhatIsNoArchiveAndChangesNothing() throws IOException {
    Path archive = Files.writeString(folder.resolve("no.zip"), "no zip at all");
    Pair pair = addPair(pools.create("Sea"));
    pair.profile().drop(archive);
    assertThat(page.toasts().with("no.zip")).isVisible();
    pair.profile().expectChosen("Sea");
    assertThat(pools.profiles()).hasSize(1);
    page.console().expect(refused("import"));
  }

  @Test
  void asksAgainWhenANameIsTaken() {
    pools.create("Sea");
    ProfileNode profile = ProfileNode.add(page, LEFT, TOP);
    page.console().expect(refused("create"));
    profile.control("profile-create").click();
    page.dialog().locator("input").first().fill("sea");
    page.dialog().locator("input").first().press("Enter");
    assertThat(page.dialog()).containsText("sea");
    assertThat(page.dialog()).containsText(Pattern.compile("already|taken"));
    page.answerPrompt("Land");
    profile.expectChosen("Land");
  }

  @Test
  void deletionIsUndone() {
    Pair pair = addPair(pools.create("Sea", "one.png"));
    pair.pool().expectPictures();
    pair.profile().delete();
    pair.profile().expectChosen("Sea (missing)");
    pair.pool().expectSource("missing");
    pair.profile().undoDelete();
    pair.profile().expectChosen("Sea");
    pair.pool().expectImages("one.png");
  }

  @Test
  void cancellingTheQuestionDeletesNothing() {
    Pair pair = addPair(pools.create("Sea", "one.png"));
    pair.profile().control("profile-delete").click();
    page.pressInDialog("Cancel");
    pair.profile().expectChosen("Sea");
    assertThat(pools.profiles()).hasSize(1);
  }

  @Test
  void itsMenuOffersWhatTheButtonsDo() {
    pools.create("Sea");
    ProfileNode profile = ProfileNode.add(page, LEFT, TOP);
    profile.choose("Sea");
    profile.node().openMenu();
    page.chooseFromMenu("Rename profile");
    page.answerPrompt("Ocean");
    profile.expectChosen("Ocean");
  }

  @Test
  void everyButtonHasATooltipAndAName() {
    ProfileNode profile = ProfileNode.add(page, LEFT, TOP);
    for (String action : List.of("create", "rename", "duplicate", "export", "import", "delete")) {
      assertThat(profile.control("profile-" + action)).hasAttribute("title", Pattern.compile(".+"));
      assertThat(profile.control("profile-" + action))
          .hasAttribute("aria-label", Pattern.compile(".+"));
    }
  }

  @Test
  void countsItsImages() {
    PoolApi.Profile sea = pools.create("Sea", "one.png", "two.png");
    Pair pair = addPair(sea);
    pair.profile().expectCount(2);
    // A picture that is still asked for when its file goes would be an error on the console.
    pair.pool().expectPictures();
    pools.remove(sea.id(), "one.png");
    pair.profile().expectCount(1);
  }

  private static KnownMessage refused(String route) {
    return new KnownMessage(
        Pattern.compile("status of 4\\d\\d .*/grid_pool/profiles/" + route),
        "the test has the server refuse it");
  }
}
