package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.loader.Loaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowTrackingTest {
  private static final Loaders LOADERS = Loaders.builtIn();
  private static final String SEA = Graphs.text("sea.safetensors", 1);

  @TempDir Path folder;
  private Path live;
  private Path committed;
  private Path cacheFile;

  @BeforeEach
  void places() {
    live = folder.resolve("mit Leerzeichen und Ü/workflows");
    committed = folder.resolve("cec/workflows");
    cacheFile = folder.resolve("cache/status.json");
  }

  @Test
  void eachWorkflowHasAStateInSubfoldersToo() throws IOException {
    both("same", SEA);
    both("entwürfe/grün", SEA);
    Graphs.write(live.resolve("entwürfe/neu.json"), SEA);
    Graphs.write(committed.resolve("gone.json"), SEA);
    both("changed", SEA);
    Graphs.write(live.resolve("changed.json"), Graphs.text("ocean.safetensors", 1));

    assertThat(look())
        .extracting(workflow -> workflow.name() + " " + workflow.state().code())
        .containsExactly(
            "changed modified",
            "entwürfe/grün synced",
            "entwürfe/neu new",
            "gone deleted",
            "same synced");
  }

  @Test
  void folderThatIsNamedLikeAWorkflowIsNone() throws IOException {
    Files.createDirectories(live.resolve("a.json"));
    Graphs.write(live.resolve(".hidden/b.json"), SEA);

    assertThat(look()).isEmpty();
  }

  @Test
  void nothingIsThereWithoutFolders() {
    assertThat(look()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"extra\":{\"ds\":{\"scale\":2,\"offset\":[1,2]}},",
        "\"extra\":{\"frontendVersion\":\"1.99\",\"workflowRendererVersion\":\"Vue\"},",
        "\"revision\":7,",
        "\"id\":\"0d4b0d2a-0000-4000-8000-000000000000\",",
      })
  void whatComfyUiRewritesByItselfIsNoChange(String fields) throws IOException {
    Graphs.write(committed.resolve("a.json"), SEA);
    Graphs.write(live.resolve("a.json"), Graphs.text("sea.safetensors", 1, fields));

    assertThat(only().state()).isEqualTo(SyncState.SYNCED);
  }

  @Test
  void otherExtrasAreAChange() throws IOException {
    Graphs.write(committed.resolve("a.json"), SEA);
    Graphs.write(
        live.resolve("a.json"),
        Graphs.text("sea.safetensors", 1, "\"extra\":{\"ds\":{},\"reroutes\":[1]},"));

    assertThat(only().state()).isEqualTo(SyncState.MODIFIED);
  }

  @Test
  void seedThatWasDrawnIsAChange() throws IOException {
    Graphs.write(committed.resolve("a.json"), SEA);
    Graphs.write(live.resolve("a.json"), Graphs.text("sea.safetensors", 2));

    TrackedWorkflow workflow = only();
    assertThat(workflow.state()).isEqualTo(SyncState.MODIFIED);
    assertThat(workflow.edits().orElseThrow().values()).containsExactly("KSampler seed: 1 -> 2");
    assertThat(workflow.edits().orElseThrow().layout()).isFalse();
  }

  @Test
  void seedBeyondDoublesIsComparedExactly() throws IOException {
    Graphs.write(committed.resolve("a.json"), Graphs.text("sea.safetensors", 1L << 60));
    Graphs.write(live.resolve("a.json"), Graphs.text("sea.safetensors", (1L << 60) + 1));

    assertThat(only().state()).isEqualTo(SyncState.MODIFIED);
  }

  @Test
  void movedNodeIsAChangeOfLayout() throws IOException {
    Graphs.write(committed.resolve("a.json"), SEA);
    Graphs.write(live.resolve("a.json"), SEA.replace("[300,20]", "[301,20]"));

    TrackedWorkflow workflow = only();
    assertThat(workflow.state()).isEqualTo(SyncState.MODIFIED);
    assertThat(workflow.edits().orElseThrow().layout()).isTrue();
  }

  @Test
  void otherModelIsTold() throws IOException {
    Graphs.write(committed.resolve("a.json"), SEA);
    Graphs.write(live.resolve("a.json"), Graphs.text("ocean.safetensors", 1));

    WorkflowEdits edits = only().edits().orElseThrow();
    assertThat(edits.modelsAdded()).containsExactly("ocean.safetensors");
    assertThat(edits.modelsRemoved()).containsExactly("sea.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "", "{\"nodes\":", "{\"nodes\":[7]}", "null"})
  void invalidFileIsListedAndStopsNothing(String text) throws IOException {
    Graphs.write(live.resolve("broken.json"), text);
    both("fine", SEA);

    List<TrackedWorkflow> workflows = look();
    assertThat(workflows).extracting(TrackedWorkflow::name).containsExactly("broken", "fine");
    assertThat(workflows.get(0).problem().orElseThrow().code()).isEqualTo("workflow-invalid");
    assertThat(workflows.get(0).changed()).isFalse();
    assertThat(workflows.get(1).state()).isEqualTo(SyncState.SYNCED);
  }

  @Test
  void brokenCommittedCopyIsReplacedByAWorkflow() throws IOException {
    Graphs.write(committed.resolve("a.json"), "[]");
    Graphs.write(live.resolve("a.json"), SEA);

    assertThat(only().state()).isEqualTo(SyncState.MODIFIED);
    assertThat(only().changed()).isTrue();
  }

  @Test
  void unchangedFilesAreNotReadAgain() throws IOException {
    both("a", SEA);
    settle(live.resolve("a.json"));
    StatusCache cache = StatusCache.open(cacheFile, "none", Clock.systemUTC());
    Clock later = Clock.fixed(Instant.now().plus(Duration.ofMinutes(1)), ZoneOffset.UTC);
    List<TrackedWorkflow> first = tracking(() -> LOADERS, later).look(cache);
    cache.save();
    Files.setPosixFilePermissions(
        cacheFile, java.nio.file.attribute.PosixFilePermissions.fromString("r--r--r--"));

    List<TrackedWorkflow> again =
        tracking(
                () -> {
                  throw new AssertionError("a file is read");
                },
                later)
            .look(StatusCache.open(cacheFile, "none", Clock.systemUTC()));

    assertThat(again).isEqualTo(first);
  }

  @Test
  void rewriteThatKeepsTheTimeIsSeen() throws IOException {
    both("a", SEA);
    Path file = live.resolve("a.json");
    FileTime time = Files.getLastModifiedTime(file);
    StatusCache cache = StatusCache.open(cacheFile, "none", Clock.systemUTC());
    tracking(() -> LOADERS, Clock.systemUTC()).look(cache);

    Files.writeString(file, Graphs.text("sea.safetensors", 9));
    Files.setLastModifiedTime(file, time);

    assertThat(tracking(() -> LOADERS, Clock.systemUTC()).look(cache).get(0).state())
        .isEqualTo(SyncState.MODIFIED);
  }

  @Test
  void rewriteWithinTheSameTickIsSeen() throws IOException {
    both("a", SEA);
    Path file = live.resolve("a.json");
    StatusCache cache = StatusCache.open(cacheFile, "none", Clock.systemUTC());
    WorkflowTracking tracking = tracking(() -> LOADERS, Clock.systemUTC());
    tracking.look(cache);
    Examined before = cache.workflow("a").orElseThrow();

    Files.writeString(file, Graphs.text("sea.safetensors", 9));
    // As if nothing in the file's record had changed.
    Examined forged =
        new Examined(
            new Examined.Copy(Stamp.of(file).orElseThrow().text(), before.live().digest()),
            before.committed(),
            before.seen(),
            before.result());
    cache.workflows(java.util.Map.of("a", forged));

    assertThat(tracking.look(cache).get(0).state()).isEqualTo(SyncState.MODIFIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"version\":1,\"known\":{},\"workflows\":{\"a\":{}}}"})
  void damagedCacheCountsForNothing(String text) throws IOException {
    both("a", SEA);
    Graphs.write(cacheFile, text);

    assertThat(look()).extracting(TrackedWorkflow::name).containsExactly("a");
  }

  @Test
  void bookmarksOfThePageAreNoWorkflow() throws IOException {
    Graphs.write(live.resolve("a.json"), SEA);
    Graphs.write(live.resolve(".index.json"), "{\"favorites\":[\"workflows/a.json\"]}");

    assertThat(look()).extracting(TrackedWorkflow::name).containsExactly("a");
  }

  @Test
  void ignoredFilesDoNotBelongToIt() throws IOException {
    Graphs.write(live.resolve("drafts/a.json"), SEA);
    Graphs.write(live.resolve("b.json"), SEA);

    List<TrackedWorkflow> workflows =
        new WorkflowTracking(
                new WorkflowTracking.Folders(live, committed),
                path -> path.startsWith("drafts/"),
                () -> LOADERS,
                Clock.systemUTC())
            .look(StatusCache.open(cacheFile, "none", Clock.systemUTC()));

    assertThat(workflows).extracting(TrackedWorkflow::name).containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.JSON", "a.json.json", "x/ü b.json"})
  void nameLeadsBackToItsFile(String path) {
    String name = WorkflowName.of(path);

    assertThat(WorkflowName.path(name)).isEqualTo(path);
  }

  @Test
  void packsAreNamedAsTheWorkflowTellsThem() throws IOException {
    Graphs.write(
        live.resolve("a.json"),
        SEA.replace(
            "\"nodes\":[",
            "\"nodes\":[{\"id\":9,\"type\":\"Sharpen\",\"properties\":{\"cnr_id\":\"sharp-pack\","
                + "\"aux_id\":\"anna/sharp\"},\"widgets_values\":[]},"));

    WorkflowFacts facts = only().facts().orElseThrow();
    assertThat(facts.packs())
        .containsExactly(new NeededPack("Sharpen", "sharp-pack", "anna/sharp"));
    assertThat(facts.models().stream().map(NeededModel::value).collect(Collectors.toList()))
        .containsExactly("sea.safetensors");
  }

  private void both(String name, String text) throws IOException {
    Graphs.write(live.resolve(name + ".json"), text);
    Graphs.write(committed.resolve(name + ".json"), text);
  }

  private static void settle(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
  }

  private TrackedWorkflow only() {
    List<TrackedWorkflow> workflows = look();
    assertThat(workflows).hasSize(1);
    return workflows.get(0);
  }

  private List<TrackedWorkflow> look() {
    return tracking(() -> LOADERS, Clock.systemUTC())
        .look(StatusCache.open(cacheFile, "none", Clock.systemUTC()));
  }

  private WorkflowTracking tracking(Supplier<Loaders> loaders, Clock clock) {
    return new WorkflowTracking(
        new WorkflowTracking.Folders(live, committed), path -> false, loaders, clock);
  }
}
