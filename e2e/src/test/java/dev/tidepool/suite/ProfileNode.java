package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.SelectOption;
import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.FileDrop;
import dev.tidepool.harness.NodeHandle;
import java.nio.file.Path;

/** A Pool Profile node on the page. */
final class ProfileNode {
  private final ComfyPage page;
  private final NodeHandle node;

  ProfileNode(NodeHandle node) {
    this.node = node;
    this.page = node.page();
  }

  /** Adds one to the graph on screen. */
  static ProfileNode add(ComfyPage page, int x, int y) {
    ProfileNode added = new ProfileNode(page.graph().add("PoolProfile", x, y));
    assertThat(added.bar()).isVisible();
    return added;
  }

  NodeHandle node() {
    return node;
  }

  private Locator bar() {
    return control("profile-bar");
  }

  Locator control(String name) {
    return node.locator(TestId.of(name));
  }

  private Locator chosen() {
    return node.locator(TestId.of("profile-select") + " option:checked");
  }

  /** The id of the chosen profile's pool. */
  String poolId() {
    return String.valueOf(bar().getAttribute("data-profile-id"));
  }

  void choose(String name) {
    control("profile-select").selectOption(new SelectOption().setLabel(name));
    expectChosen(name);
  }

  void create(String name) {
    control("profile-create").click();
    page.answerPrompt(name);
    expectChosen(name);
  }

  void rename(String name) {
    control("profile-rename").click();
    page.answerPrompt(name);
    expectChosen(name);
  }

  void duplicate(String name) {
    control("profile-duplicate").click();
    page.answerPrompt(name);
    expectChosen(name);
  }

  /** Deletes the chosen profile and confirms. */
  void delete() {
    control("profile-delete").click();
    page.pressInDialog("Delete");
    assertThat(undoToast()).isVisible();
  }

  Locator undoToast() {
    return page.page().locator(TestId.of("undo-toast")).last();
  }

  void undoDelete() {
    undoToast().locator(TestId.of("undo")).click();
    assertThat(undoToast()).isHidden();
  }

  /** Exports the chosen profile, and returns the downloaded file. */
  Path export(Path folder) {
    Download download = page.page().waitForDownload(() -> control("profile-export").click());
    Path file = folder.resolve(download.suggestedFilename());
    download.saveAs(file);
    return file;
  }

  void importFile(Path archive) {
    control("profile-import-input").setInputFiles(archive);
  }

  void drop(Path archive) {
    FileDrop.on(bar(), archive);
  }

  void expectChosen(String name) {
    assertThat(chosen()).hasText(name);
  }

  /** Demands that the dropdown offers exactly these names, besides the default pool. */
  void expectNames(String... names) {
    assertThat(node.locator(TestId.of("profile-select") + " option:not([value=''])"))
        .hasText(names);
  }

  void expectCount(int images) {
    assertThat(control("profile-count")).hasText(Integer.toString(images));
  }
}
