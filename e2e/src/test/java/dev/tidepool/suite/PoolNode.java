package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.KeyboardModifier;
import com.microsoft.playwright.options.MouseButton;
import com.microsoft.playwright.options.Position;
import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.FileDrop;
import dev.tidepool.harness.NodeHandle;
import dev.tidepool.harness.Patience;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** An Image Pool node on the page. Its actions end when the server has answered. */
final class PoolNode {
  private final ComfyPage page;
  private final NodeHandle node;

  PoolNode(NodeHandle node) {
    this.node = node;
    this.page = node.page();
  }

  /** Adds one to the graph on screen. */
  static PoolNode add(ComfyPage page, int x, int y) {
    PoolNode added = new PoolNode(page.graph().add("GridImagePool", x, y));
    assertThat(added.grid()).isVisible();
    added.expectSettled();
    return added;
  }

  NodeHandle node() {
    return node;
  }

  Locator grid() {
    return control("pool-grid");
  }

  Locator control(String name) {
    return node.locator(TestId.of(name));
  }

  /** What lists the images and takes the keys. */
  Locator list() {
    return node.locator(TestId.of("pool-grid") + " [role=listbox]");
  }

  Locator slots() {
    return control("pool-slot");
  }

  Locator slot(String name) {
    return node.locator(TestId.of("pool-slot") + "[data-name=\"" + name + "\"]");
  }

  /** The id of the pool on screen. */
  String poolId() {
    return String.valueOf(grid().getAttribute("data-pool-id"));
  }

  /** The id of the pool that is the node's own. */
  String ownId() {
    return node.widget("pool_id").asText();
  }

  /** Adds files by the button's file dialog. */
  void addFiles(List<Path> files) {
    int before = count();
    control("pool-file-input").setInputFiles(files.toArray(Path[]::new));
    expectCount(before + files.size());
  }

  /** Drops files on the grid. */
  void drop(Path... files) {
    FileDrop.on(grid(), files);
  }

  /** Drops files or folders on the grid as the desktop does. */
  void dropFromDesktop(Path... paths) {
    FileDrop.fromDesktop(grid(), paths);
  }

  void activate(String name) {
    slot(name).click();
    expectActive(name);
    awaitServer("to have " + name + " active", api -> api.active(poolId()).equals(name));
  }

  /** The grid shows a change at once; this waits until the server has it too. */
  private void awaitServer(String what, Predicate<PoolApi> condition) {
    PoolApi api = new PoolApi(page.api());
    Patience.until("the server " + what, Patience.USUAL, () -> condition.test(api));
  }

  /** Presses a key with the grid in focus. */
  void press(String key) {
    list().press(key);
  }

  /** Clicks slots one after the other, each with the same key held down. */
  void clickWith(KeyboardModifier key, String name) {
    slot(name).click(new Locator.ClickOptions().setModifiers(List.of(key)));
  }

  /** Drags a slot onto the far side of another. */
  void dragBehind(String moved, String target) {
    BoundingBox box = slot(target).boundingBox();
    Position farSide = new Position(box.width * 0.95, box.height * 0.3);
    slot(moved).dragTo(slot(target), new Locator.DragToOptions().setTargetPosition(farSide));
  }

  /** Chooses from the menu of a slot. */
  void chooseFromSlotMenu(String name, String text) {
    slot(name).click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
    Locator menu = page.page().locator(TestId.of("pool-menu"));
    menu.getByText(text).click();
    assertThat(menu).hasCount(0);
  }

  /** Writes a label in its place, by a double click on it. */
  void label(String name, String label) {
    slot(name).locator(TestId.of("pool-slot-label")).dblclick();
    Locator input = control("pool-slot-label-input");
    input.fill(label);
    input.press("Enter");
    assertThat(slot(name).locator(TestId.of("pool-slot-label"))).hasText(label);
    awaitServer(
        "to have the label", api -> api.slot(poolId(), name).path("label").asText().equals(label));
  }

  void undo() {
    Locator toast = page.page().locator(TestId.of("undo-toast")).last();
    toast.locator(TestId.of("undo")).click();
    assertThat(toast).isHidden();
  }

  int count() {
    return Integer.parseInt(String.valueOf(grid().getAttribute("data-count")));
  }

  /** Waits until the grid knows its pool. */
  void expectSettled() {
    assertThat(grid()).hasAttribute("data-state", Pattern.compile("ready|empty"));
  }

  void expectCount(int images) {
    assertThat(grid()).hasAttribute("data-count", Integer.toString(images));
    expectSettled();
  }

  void expectEmpty() {
    assertThat(grid()).hasAttribute("data-state", "empty");
    assertThat(control("pool-empty")).isVisible();
    assertThat(slots()).hasCount(0);
  }

  /** Demands that the grid shows exactly these images, in this order. */
  void expectImages(String... names) {
    expectCount(names.length);
    Locator inOrder = slots();
    assertThat(inOrder).hasCount(names.length);
    for (String name : names) {
      int place = Arrays.asList(names).indexOf(name) + 1;
      assertThat(slot(name)).hasAttribute("aria-posinset", Integer.toString(place));
    }
  }

  /** Waits until no slot waits for its thumbnail. */
  void expectPictures() {
    assertThat(node.locator(TestId.of("pool-slot") + ":not([data-picture])")).hasCount(0);
  }

  void expectActive(String name) {
    assertThat(slot(name)).hasAttribute("data-active", "true");
    assertThat(node.locator(TestId.of("pool-slot") + "[data-active=\"true\"]")).hasCount(1);
  }

  void expectSelected(String... names) {
    assertThat(node.locator(TestId.of("pool-slot") + "[aria-selected=\"true\"]"))
        .hasCount(names.length);
    for (String name : names) {
      assertThat(slot(name)).hasAttribute("aria-selected", "true");
    }
  }

  /**
   * Demands that the grid says whose images it shows: {@code own}, {@code profile}, {@code
   * missing}.
   */
  void expectSource(String source) {
    assertThat(grid()).hasAttribute("data-source", source);
  }

  void expectPool(String id) {
    assertThat(grid()).hasAttribute("data-pool-id", id);
    expectSettled();
  }
}
