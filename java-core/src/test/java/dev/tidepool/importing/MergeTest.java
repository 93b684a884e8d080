package dev.tidepool.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.environment.Deaths;
import dev.tidepool.environment.Environment;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.Identity;
import dev.tidepool.importing.ImportConflict.Way;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.pool.NewImage;
import dev.tidepool.profile.ProfileStore;
import dev.tidepool.resolution.Asking;
import dev.tidepool.version.Graphs;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MergeTest {
  private static final byte[] SEA = "the deep sea".getBytes(StandardCharsets.UTF_8);

  private ImportWorld world;
  private Environment work;

  @BeforeEach
  void make(@TempDir Path temp) throws IOException {
    world = new ImportWorld(temp);
    work = world.plain("work");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void bundleIsAddedToWhatIsThere() throws IOException {
    world.model("checkpoints/mine/sea.safetensors", SEA);
    world.indexed(world.models);
    ImportReport report = merge(forge(), MergeQuestions.none());
    assertThat(report.version()).contains("v2");
    assertThat(work.liveWorkflows().resolve("portrait.json"))
        .hasContent(Graphs.text("mine/sea.safetensors", 1));
    assertThat(work.workflows().resolve("portrait.json"))
        .hasContent(Graphs.text("mine/sea.safetensors", 1));
    assertThat(work.customNodes().resolve("alpha/__init__.py")).exists();
    assertThat(work.customNodes().resolve("own/__init__.py")).hasContent("x = 1");
    assertThat(work.customNodes().resolve("mine/__init__.py")).hasContent("mine = 1");
    assertThat(work.manifest().text()).startsWith("# by hand\n");
    assertThat(work.manifest().nodes()).containsOnlyKeys("mine", "alpha", "own");
    assertThat(work.manifest().workflows()).containsOnlyKeys("old", "portrait");
    assertThat(work.manifest().models()).hasSize(1);
    assertThat(work.history(new Identity("a", "b")).uncommitted()).isEmpty();
  }

  @Test
  void bundleThatIsThereChangesNothingAgain() throws IOException {
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sea.safetensors", SEA)
            .workflow("portrait", "sea.safetensors")
            .registryPack("alpha", "1.0.0")
            .developmentPack("own", "x = 1\n");
    withPool(forge);
    store(grid()).create("Sea");
    ImportReport first = merge(forge, MergeQuestions.none());
    assertThat(first.pools()).containsExactly("Sea (2)");
    Map<String, String> before = world.state();
    ImportReport again = merge(forge, MergeQuestions.none());
    assertThat(again.version()).isEmpty();
    assertThat(again.pools()).containsExactly("Sea (2)");
    assertThat(again.packs())
        .extracting(PlannedPack::state)
        .containsExactly(PlannedPack.State.THERE, PlannedPack.State.THERE);
    // Git's own files, and what a pool remembers of its pictures once somebody looked.
    before.keySet().removeIf(name -> name.contains(".git/") || name.contains("/.thumbs/"));
    Map<String, String> after = world.state();
    after.keySet().removeIf(name -> name.contains(".git/") || name.contains("/.thumbs/"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void poolThatWasChangedSinceItCameComesAgain() throws IOException {
    BundleForge forge = new BundleForge().workflow("portrait", "sea.safetensors");
    withPool(forge);
    merge(forge, MergeQuestions.none());
    String id = store(grid()).find("Sea").orElseThrow().id();
    store(grid()).pools().label(id, "wave.png", "a wave");
    ImportReport again = merge(forge, conflict -> Optional.of(Way.TAKE_THEIRS));
    assertThat(again.pools()).containsExactly("Sea (2)");
  }

  /** With a pool of one picture, and a workflow that names it; returns the pool's id. */
  private String withPool(BundleForge forge) throws IOException {
    return withPool(forge, "Sea");
  }

  private String withPool(BundleForge forge, String name) throws IOException {
    ProfileStore source = store(world.folder.resolve("elsewhere"));
    String id = source.create(name).id();
    Path picture = world.folder.resolve("wave.png");
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    assertThat(ImageIO.write(image, "png", picture.toFile())).isTrue();
    source.pools().add(id, List.of(new NewImage("wave.png", picture)), Progress.none());
    Path archive = world.folder.resolve("sea.zip");
    source.exportTo(id, archive, Progress.none());
    forge
        .pool(id, name, archive)
        .file(
            "workflows/portrait.json",
            Graphs.text("sea.safetensors", 1, "\"pool\":\"" + id + "\","));
    return id;
  }

  @Test
  void conflictsAreRefusedWithTheirListAndNothingChanges() throws IOException {
    conflicts();
    Map<String, String> before = world.state();
    assertThatThrownBy(() -> merge(forge(), MergeQuestions.none()))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("import-conflicts");
              assertThat(e.hints())
                  .anyMatch(hint -> hint.contains("portrait.json"))
                  .anyMatch(hint -> hint.contains("folder alpha"))
                  .anyMatch(hint -> hint.contains("folder own"));
            });
    assertThat(world.state()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void conflictsAreSettledAsChosen(Way way) throws IOException {
    conflicts();
    List<String> asked = new ArrayList<>();
    ImportReport report =
        merge(
            forge(),
            conflict -> {
              asked.add(conflict.what());
              return Optional.of(conflict.ways().contains(way) ? way : Way.KEEP_MINE);
            });
    assertThat(asked).containsExactly("alpha", "own", "portrait.json");
    boolean theirs = way == Way.TAKE_THEIRS;
    assertThat(work.liveWorkflows().resolve("portrait.json"))
        .hasContent(Graphs.text(theirs ? "sea.safetensors" : "other.safetensors", theirs ? 1 : 5));
    assertThat(work.customNodes().resolve("own/__init__.py"))
        .hasContent(theirs ? "x = 1" : "work = 1");
    assertThat(work.manifest().nodes().containsKey("own")).isEqualTo(theirs);
    assertThat(work.liveWorkflows().resolve("portrait (2).json").toFile().exists())
        .isEqualTo(way == Way.KEEP_BOTH);
    assertThat(trash()).hasSize(theirs ? 3 : 0);
    assertThat(report.workflows())
        .isEqualTo(
            way == Way.KEEP_MINE
                ? List.of()
                : List.of(theirs ? "portrait.json" : "portrait (2).json"));
  }

  @Test
  void workflowThatChangesWithItsModelsNameIsAskedAbout() throws IOException {
    world.model("checkpoints/sea.safetensors", "another sea".getBytes(StandardCharsets.UTF_8));
    String mine = Graphs.text("sea.safetensors", 1);
    ImportWorld.write(work.liveWorkflows().resolve("portrait.json"), mine);
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sea.safetensors", SEA)
            .workflow("portrait", "sea.safetensors");
    assertThat(world.plan(forge, world.request("work", true), true).conflicts()).isEmpty();
    String before = files(work);
    assertThatThrownBy(() -> merge(forge, MergeQuestions.none()))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("import-conflicts");
              assertThat(e.hints()).anyMatch(hint -> hint.contains("portrait.json"));
            });
    assertThat(files(work)).isEqualTo(before);
    ImportPlan again = world.plan(forge, world.request("work", true), true);
    assertThat(again.models())
        .singleElement()
        .satisfies(
            model ->
                assertThat(model.file())
                    .contains(world.models.resolve("checkpoints/sea (2).safetensors")));
    assertThat(again.conflicts()).extracting(ImportConflict::what).containsExactly("portrait.json");
    merge(forge, conflict -> Optional.of(Way.KEEP_BOTH));
    assertThat(work.liveWorkflows().resolve("portrait.json")).hasContent(mine);
    assertThat(work.liveWorkflows().resolve("portrait (2).json"))
        .hasContent(Graphs.text("sea (2).safetensors", 1));
  }

  @Test
  void workflowThatTurnsOutToBeAnotherIsSettledAsChosen() throws IOException {
    world.model("checkpoints/sea.safetensors", "another sea".getBytes(StandardCharsets.UTF_8));
    ImportWorld.write(
        work.liveWorkflows().resolve("portrait.json"), Graphs.text("sea.safetensors", 1));
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sea.safetensors", SEA)
            .workflow("portrait", "sea.safetensors");
    merge(forge, conflict -> Optional.of(Way.TAKE_THEIRS));
    assertThat(work.liveWorkflows().resolve("portrait.json"))
        .hasContent(Graphs.text("sea (2).safetensors", 1));
    assertThat(trash()).hasSize(1);
  }

  @Test
  void workflowThatWasKeptBesideStaysUnderItsName() throws IOException {
    ImportWorld.write(
        work.liveWorkflows().resolve("portrait.json"), Graphs.text("other.safetensors", 5));
    BundleForge forge = new BundleForge().workflow("portrait", "sea.safetensors");
    merge(forge, conflict -> Optional.of(Way.KEEP_BOTH));
    ImportReport again = merge(forge, conflict -> Optional.of(Way.KEEP_BOTH));
    assertThat(again.workflows()).containsExactly("portrait (2).json");
    assertThat(again.version()).isEmpty();
    assertThat(work.liveWorkflows().resolve("portrait (3).json")).doesNotExist();
  }

  @Test
  void poolWithALongNameThatIsThereStays() throws IOException {
    String name = "S" + "e".repeat(118) + "a";
    BundleForge forge = new BundleForge().workflow("portrait", "sea.safetensors");
    withPool(forge, name);
    store(grid()).create(name);
    ImportReport first = merge(forge, MergeQuestions.none());
    assertThat(first.pools()).containsExactly(name.substring(0, 116) + " (2)");
    assertThat(merge(forge, MergeQuestions.none()).pools()).isEqualTo(first.pools());
    assertThat(store(grid()).list()).hasSize(2);
  }

  @Test
  void packageThatComesFromElsewhereIsAskedAbout() throws IOException {
    BundleForge forge =
        new BundleForge()
            .registryPack("alpha", "1.0.0", "sea>=1")
            .project(
                text ->
                    text
                        + "\n"
                        + "[tool.uv.sources]\n"
                        + "sea = { url = \"https://e.example.org/sea.whl\" }\n");
    Files.writeString(
        work.pyproject(),
        work.manifest().text()
            + "\n[tool.uv.sources]\nSea = { url = \"https://own.example.org/sea.whl\" }\n");
    assertThatThrownBy(() -> merge(forge, MergeQuestions.none()))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("import-conflicts");
              assertThat(e.hints()).anyMatch(hint -> hint.contains("Python package sea"));
            });
  }

  @Test
  void workflowThatIsRenamedTakesNoNameOfAnotherOfTheBundle() throws IOException {
    world.model("checkpoints/sea.safetensors", SEA);
    ImportWorld.write(
        work.liveWorkflows().resolve("portrait.json"), Graphs.text("other.safetensors", 5));
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sea.safetensors", SEA)
            .workflow("portrait", "sea.safetensors")
            .workflow("Portrait (2)", "own.safetensors");
    ImportReport report = merge(forge, conflict -> Optional.of(Way.KEEP_BOTH));
    assertThat(report.workflows())
        .containsExactlyInAnyOrder("portrait (3).json", "Portrait (2).json");
    assertThat(work.workflows().resolve("portrait (3).json"))
        .hasContent(Graphs.text("sea.safetensors", 1));
    assertThat(work.workflows().resolve("Portrait (2).json"))
        .hasContent(Graphs.text("own.safetensors", 1));
    assertThat(work.manifest().workflows()).containsOnlyKeys("old", "portrait (3)", "Portrait (2)");
  }

  @Test
  void environmentThatIsMissingIsMade() throws IOException {
    ImportReport report = world.run(forge(), world.request("new", true), MergeQuestions.none());
    assertThat(report.version()).contains("v1");
    assertThat(world.environment("new").isComplete()).isTrue();
  }

  @Test
  void environmentThatIsThereIsNotMadeAnew() throws IOException {
    Map<String, String> before = world.state();
    assertThatThrownBy(
            () -> world.run(forge(), world.request("work", false), MergeQuestions.none()))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("environment-exists"));
    assertThat(world.state()).isEqualTo(before);
  }

  @Test
  void poolsComeUnderTheirNamesAndWorkflowsNameThem() throws IOException {
    BundleForge forge = new BundleForge().workflow("portrait", "x.safetensors");
    String id = withPool(forge);
    store(grid()).create("sea");
    ImportReport report = merge(forge, MergeQuestions.none());
    assertThat(report.pools()).containsExactly("Sea (2)");
    String now = store(grid()).find("Sea (2)").orElseThrow().id();
    assertThat(Files.readString(work.liveWorkflows().resolve("portrait.json")))
        .contains("\"pool\":\"" + now + "\"")
        .doesNotContain(id);
    assertThat(store(grid()).list()).hasSize(2);
  }

  @Test
  void importThatIsKilledAtAnyStepLeavesOldOrNew() throws Exception {
    world.model("checkpoints/sea.safetensors", SEA);
    Path bundle = forge().write(world.folder.resolve("bundle.tar.gz"));
    try (StagedBundle staged = StagedBundle.of(world.workspace, bundle, Progress.none())) {
      conflicts();
      Importing importing = world.importing();
      ImportPlan plan =
          importing.plan(
              staged.bundle(),
              world.request("work", true),
              offering -> Asking.nobody(),
              world.steps());
      new PackArrival(
              plan, dev.tidepool.nodepack.TestPacks.of(world.registry, world.workspace.cache()))
          .fetch(world.steps());
      List<ArrivedModel> models =
          plan.models().stream()
              .map(each -> new ArrivedModel(each.model(), each.state(), each.file(), ""))
              .toList();
      Map<String, Way> ways =
          Map.of(
              "WORKFLOWportrait.json",
              Way.TAKE_THEIRS,
              "PACKalpha",
              Way.TAKE_THEIRS,
              "PACKown",
              Way.TAKE_THEIRS);
      String[] old = {""};
      Deaths.atEachStep(
          () -> {
            Environment fresh = world.plain("work");
            conflicts();
            old[0] = files(fresh);
            return fresh;
          },
          environment ->
              importing.merged(
                  environment, plan, ways, models, MergeQuestions.none(), world.steps()),
          (environment, finished) -> {
            boolean done = environment.manifest().nodes().containsKey("own");
            assertThat(finished || !done).isTrue();
            if (done) {
              assertThat(environment.liveWorkflows().resolve("portrait.json"))
                  .hasContent(Graphs.text("sea.safetensors", 1));
              assertThat(trash()).hasSize(3);
            } else {
              assertThat(files(environment)).isEqualTo(old[0]);
            }
          });
    }
  }

  private static BundleForge forge() throws IOException {
    return new BundleForge()
        .model("checkpoints/sea.safetensors", SEA, URI.create("https://x.invalid/sea"))
        .workflow("portrait", "sea.safetensors")
        .registryPack("alpha", "1.0.0")
        .developmentPack("own", "x = 1\n");
  }

  /** Things under the names of what the bundle brings. */
  private void conflicts() throws IOException {
    ImportWorld.write(
        work.liveWorkflows().resolve("portrait.json"), Graphs.text("other.safetensors", 5));
    ImportWorld.write(work.customNodes().resolve("alpha/__init__.py"), "alpha = 1\n");
    ImportWorld.write(work.customNodes().resolve("own/__init__.py"), "work = 1\n");
    world.model("checkpoints/sea.safetensors", SEA);
  }

  private ImportReport merge(BundleForge forge, MergeQuestions questions) {
    return world.run(forge, world.request("work", true), questions);
  }

  private Path grid() {
    return work.comfyUi().resolve("input/grid_pool");
  }

  private static ProfileStore store(Path base) {
    return new ProfileStore(base, Clock.systemUTC(), new StoreLocks());
  }

  private List<Path> trash() throws IOException {
    if (!Files.exists(work.trash())) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(work.trash())) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static String files(Environment environment) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> walk = Files.walk(environment.folder())) {
      for (Path each : walk.filter(Files::isRegularFile).sorted().toList()) {
        String name = environment.folder().relativize(each).toString();
        if (!name.startsWith(".tidepool") && !name.contains(".git")) {
          all.append(name).append('\n').append(Files.readString(each));
        }
      }
    }
    return all.toString();
  }
}
