package dev.tidepool.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.NodeHandle;
import dev.tidepool.harness.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Somebody who does at random what one does with the two nodes, and looks each time what came of
 * it.
 */
final class MixedUse {
  private static final int MOST_PROFILES = 6;
  private static final int MOST_IMAGES = 24;

  private final ComfyPage page;
  private final PoolApi pools;
  private final Path folder;
  private final Random random;
  private final Map<String, Action> actions = new LinkedHashMap<>();
  private ProfileNode profile;
  private PoolNode pool;
  private int number;

  /** Something to do; the name tells what failed. */
  private interface Action {
    void run() throws IOException;
  }

  /** Begins with the pair of nodes, and a graph that shows the pool's image. */
  MixedUse(PoolSuite.Pair pair, PoolApi pools, Path folder, long seed) {
    this.profile = pair.profile();
    this.pool = pair.pool();
    this.page = pool.node().page();
    this.pools = pools;
    this.folder = folder;
    this.random = new Random(seed);
    NodeHandle preview = page.graph().add("PreviewImage", PoolSuite.RIGHT, PoolSuite.TOP);
    page.graph().connect(pool.node(), "image", preview, "images");
    actions.put("create", this::create);
    actions.put("rename", () -> profile.rename("Renamed " + ++number));
    actions.put("duplicate", this::duplicate);
    actions.put("delete", this::delete);
    actions.put("delete and undo", this::deleteAndUndo);
    actions.put("export and import", this::exportAndImport);
    actions.put("switch", this::switchProfile);
    actions.put("switch and undo", this::switchAndUndo);
    actions.put("add", this::add);
    actions.put("remove", this::remove);
    actions.put("remove and undo", this::removeAndUndo);
    actions.put("reverse", this::reverse);
    actions.put("activate", () -> pool.activate(any(names())));
    actions.put("label", () -> pool.label(any(names()), "Label " + ++number));
    actions.put("run", this::run);
    actions.put("delete node and undo", this::deleteNodeAndUndo);
  }

  /** Does something, and tells what. */
  String act() throws IOException {
    String name = any(List.copyOf(actions.keySet()));
    if (names().isEmpty()) {
      add();
    }
    putOffersAway();
    try {
      Objects.requireNonNull(actions.get(name)).run();
      pool.expectPool(profile.poolId());
      pool.expectCount(names().size());
      pool.expectPictures();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("while trying to " + name + ": " + e.getMessage(), e);
    }
    return name;
  }

  /** What is undone is what was done last; older offers stay for a while. */
  private void putOffersAway() {
    page.page()
        .evaluate(
            "toasts => document.querySelectorAll(toasts).forEach(toast => toast.remove())",
            TestId.of("undo-toast"));
  }

  /** Loads the page anew. */
  void reload() {
    String saved = page.workflow().toString();
    page.reload();
    page.graph().load(saved);
    profile = new ProfileNode(page.graph().only("PoolProfile"));
    pool = new PoolNode(page.graph().only("GridImagePool"));
    pool.expectPool(profile.poolId());
  }

  private void create() {
    makeRoom();
    createFilled();
  }

  private void createFilled() {
    profile.create("Profile " + ++number);
    // What is dropped goes into the pool that is on screen.
    pool.expectPool(profile.poolId());
    add();
  }

  private void duplicate() {
    makeRoom();
    profile.duplicate("Copy " + ++number);
  }

  private void delete() {
    makeRoom();
    String gone = profile.poolId();
    createFilled();
    pools.profiles().stream().filter(one -> one.id().equals(gone)).forEach(pools::delete);
    assertThat(profile.control("profile-select").locator("option[value='" + gone + "']"))
        .hasCount(0);
  }

  private void deleteAndUndo() {
    String before = profile.poolId();
    profile.delete();
    pool.expectSource("missing");
    profile.undoDelete();
    pool.expectSource("profile");
    assertThat(profile.poolId()).isEqualTo(before);
  }

  private void exportAndImport() throws IOException {
    makeRoom();
    List<String> before = names();
    Path archive = profile.export(folder);
    int profiles = pools.profiles().size();
    profile.drop(archive);
    assertThat(profile.control("profile-select").locator("option:not([value=''])"))
        .hasCount(profiles + 1);
    pool.expectCount(before.size());
    Files.delete(archive);
  }

  private void switchProfile() {
    profile.choose(any(pools.profiles()).name());
  }

  private void switchAndUndo() {
    String before = profile.poolId();
    PoolApi.Profile other = any(pools.profiles());
    if (!other.id().equals(before)) {
      profile.choose(other.name());
      pool.expectPool(other.id());
      page.undo();
      pool.expectPool(before);
      page.redo();
      pool.expectPool(other.id());
    }
  }

  private void add() {
    int room = Math.max(1, Math.min(4, MOST_IMAGES - names().size()));
    String[] files =
        IntStream.range(0, room).mapToObj(i -> "image-" + ++number + ".png").toArray(String[]::new);
    List<Path> written = Pictures.files(folder, files);
    int before = names().size();
    // Dropped: of a file dialog's element the browser's driver keeps a hold, and of its whole node.
    pool.drop(written.toArray(Path[]::new));
    pool.expectCount(before + room);
    written.forEach(file -> file.toFile().delete());
  }

  private void remove() {
    int before = names().size();
    pool.activate(any(names()));
    pool.control("pool-remove").click();
    pool.expectCount(before - 1);
    awaitStored(before - 1);
  }

  private void removeAndUndo() {
    int before = names().size();
    remove();
    pool.undo();
    pool.expectCount(before);
    awaitStored(before);
  }

  private void reverse() {
    List<String> before = new ArrayList<>(names());
    Collections.reverse(before);
    pool.control("pool-sort").selectOption("reverse");
    Patience.until("the reversed order", Patience.USUAL, () -> names().equals(before));
  }

  private void run() {
    assertThat(page.run().error()).isEmpty();
  }

  private void deleteNodeAndUndo() {
    pool.node().delete();
    page.undo();
    pool.expectCount(names().size());
  }

  private void awaitStored(int images) {
    Patience.until(
        images + " images on the server", Patience.USUAL, () -> names().size() == images);
  }

  /** Deletes the profiles that are too many, but for the chosen one. */
  private void makeRoom() {
    List<PoolApi.Profile> others =
        pools.profiles().stream().filter(one -> !one.id().equals(profile.poolId())).toList();
    others.subList(0, Math.max(0, others.size() - MOST_PROFILES + 1)).forEach(pools::delete);
  }

  private List<String> names() {
    return pools.names(profile.poolId());
  }

  private <T> T any(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
