package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.KeyboardModifier;
import dev.tidepool.harness.Patience;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user does to the images of a pool with the pointer. */
class ArrangingTest extends PoolSuite {
  private static final String[] IMAGES = {"a.png", "b.png", "c.png", "d.png"};

  private PoolNode pool;

  @BeforeEach
  void addNode() {
    pool = PoolNode.add(page, MIDDLE, TOP);
    pools.add(pool.ownId(), IMAGES);
    pool.expectImages(IMAGES);
  }

  private void expectStored(String... names) {
    Patience.until(
        "the order on the server",
        Patience.USUAL,
        () -> pools.names(pool.ownId()).equals(List.of(names)));
  }

  @Test
  void dragReorders() {
    pool.dragBehind("a.png", "c.png");
    pool.expectImages("b.png", "c.png", "a.png", "d.png");
    expectStored("b.png", "c.png", "a.png", "d.png");
  }

  @Test
  void dragMovesAllThatAreSelected() {
    pool.activate("a.png");
    pool.clickWith(KeyboardModifier.CONTROL, "b.png");
    pool.dragBehind("b.png", "d.png");
    pool.expectImages("c.png", "d.png", "a.png", "b.png");
    expectStored("c.png", "d.png", "a.png", "b.png");
  }

  @Test
  void theActiveSlotAndTheNumbersAreMarked() {
    pool.activate("c.png");
    assertThat(pools.active(pool.ownId())).isEqualTo("c.png");
    assertThat(pool.control("pool-slot-number"))
        .hasText(
            new String[] {"0", "1", "2", "3"},
            new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions());
  }

  @Test
  void labelsAreEditedInTheirPlace() {
    pool.label("b.png", "Second picture");
    assertThat(pools.slot(pool.ownId(), "b.png").path("label").asText())
        .isEqualTo("Second picture");
  }

  @Test
  void imagesAreSwitchedOffAndOn() {
    pool.activate("a.png");
    pool.clickWith(KeyboardModifier.CONTROL, "a.png");
    pool.clickWith(KeyboardModifier.CONTROL, "b.png");
    pool.control("pool-enable").click();
    assertThat(pool.slot("b.png")).hasAttribute("data-enabled", "false");
    assertThat(pool.slot("b.png").locator(TestId.of("pool-slot-number"))).isEmpty();
    pool.expectCount(4);
    pool.control("pool-enable").click();
    assertThat(pool.slot("b.png")).hasAttribute("data-enabled", "true");
  }

  @Test
  void removalIsUndone() {
    pool.activate("a.png");
    pool.clickWith(KeyboardModifier.SHIFT, "c.png");
    pool.control("pool-remove").click();
    pool.expectImages("d.png");
    expectStored("d.png");
    pool.undo();
    pool.expectImages(IMAGES);
    expectStored(IMAGES);
  }

  @Test
  void menuOfAnImageIsAboutTheImageNotTheNode() {
    pool.activate("a.png");
    pool.chooseFromSlotMenu("b.png", "Make it the active image");
    pool.expectActive("b.png");
    pool.clickWith(KeyboardModifier.CONTROL, "c.png");
    pool.chooseFromSlotMenu("c.png", "Remove 2 images");
    pool.expectImages("a.png", "d.png");
    expectStored("a.png", "d.png");
    assertThat(pool.grid()).isVisible();
  }

  @Test
  void sortsAndTakesItBack() {
    pool.control("pool-sort").selectOption("reverse");
    pool.expectImages("d.png", "c.png", "b.png", "a.png");
    expectStored("d.png", "c.png", "b.png", "a.png");
    pool.undo();
    pool.expectImages(IMAGES);
  }

  @Test
  void theSliderChangesTheSizeOfThePictures() {
    double before = pool.slot("a.png").boundingBox().width;
    pool.control("pool-size").fill("200");
    page.settle();
    assertThat(pool.slot("a.png").boundingBox().width).isGreaterThan(before * 1.5);
    pool.control("pool-size").fill("96");
  }

  @Test
  void showsTheImagesOfTheProfileThatFeedsIt() {
    assertThat(pool.control("pool-source")).containsText("Own images");
    ProfileNode profile = ProfileNode.add(page, LEFT, TOP);
    pools.create("Sea", "sea.png");
    profile.choose("Sea");
    page.graph().connect(profile.node(), "profile", pool.node(), "profile");
    pool.expectImages("sea.png");
    assertThat(pool.control("pool-source")).containsText("Sea");
    profile.expectCount(1);
  }
}
