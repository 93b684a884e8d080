package dev.tidepool.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.download.FileServer.Fault;
import dev.tidepool.environment.Environment;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.Identity;
import dev.tidepool.importing.PlannedModel.State;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.loader.Loaders;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.WorkflowEntry;
import dev.tidepool.model.IndexedFile;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.model.ModelRoot;
import dev.tidepool.model.ModelSource;
import dev.tidepool.nodepack.RegistryServer;
import dev.tidepool.version.Graphs;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  private static final byte[] SEA = "the weights of the sea".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SAND = "the weights of sand".getBytes(StandardCharsets.UTF_8);
  private static final byte[] WOOD = "the weights of wood".getBytes(StandardCharsets.UTF_8);

  private ImportWorld world;

  @BeforeEach
  void make(@TempDir Path temp) throws IOException {
    world = new ImportWorld(temp);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void comfyUiOfABranchIsTheCommitThatTheBundleWasMadeWith() throws IOException {
    String commit = "0123456789".repeat(4);
    Path kept = world.workspace.comfyUiCache().resolve("store").resolve("commit_" + commit);
    FakeComfyUi.write(kept.resolve("content"), "0.4.0");
    ImportWorld.write(
        kept.resolve("metadata.json"),
        "{\"version\":\"%s\",\"version_type\":\"commit\",\"commit_sha\":\"%s\"}"
            .formatted(commit, commit));
    BundleForge forge =
        new BundleForge()
            .comfyUi(new ComfyUiPin("main", Optional.of("branch"), Optional.of(commit)));
    world.run(
        forge,
        new ImportRequest("fern", false, false, false, Optional.empty()),
        MergeQuestions.none());
    assertThat(world.environment("fern").manifest().comfyUi().commit()).contains(commit);
    assertThat(world.notes).noneMatch(note -> note.contains("was made with ComfyUI"));
  }

  @Test
  void newEnvironmentHasAllThatTheBundleBrings() throws IOException {
    Path mine = world.model("checkpoints/meine/Meer.safetensors", SEA);
    world.indexed(world.models);
    URI sand = world.server.file("/sand", SAND);
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sd15/sea.safetensors", SEA, URI.create("https://x.example/sea"))
            .model("checkpoints/sand.safetensors", SAND, sand)
            .model("checkpoints/deep/wood.safetensors", WOOD)
            .workflow("portrait", "sd15/sea.safetensors")
            .workflow("drafts/beach", "sand.safetensors")
            .workflow("forest", "deep/wood.safetensors")
            .registryPack("alpha", "1.0.0")
            .developmentPack("my-nodes", "raise SystemExit('run')\n")
            .file(".comfydock_ignore", "private/\n");
    ImportReport report = world.run(forge, "fern");
    assertThat(report.isWhole()).isTrue();
    assertThat(report.version()).contains("v1");
    assertThat(report.next()).isEmpty();
    Environment made = world.environment("fern");
    assertThat(live(made, "portrait"))
        .isEqualTo(Graphs.text("meine/Meer.safetensors", 1))
        .isEqualTo(Files.readString(made.workflows().resolve("portrait.json")));
    assertThat(live(made, "drafts/beach")).isEqualTo(Graphs.text("sand.safetensors", 1));
    assertThat(Files.readAllBytes(world.models.resolve("checkpoints/sand.safetensors")))
        .isEqualTo(SAND);
    assertThat(Files.readAllBytes(world.models.resolve("checkpoints/deep/wood.safetensors")))
        .isEqualTo(WOOD);
    assertThat(mine).exists();
    assertThat(world.models.resolve("checkpoints/sd15")).doesNotExist();
    assertThat(made.customNodes().resolve("alpha/__init__.py")).exists();
    assertThat(made.customNodes().resolve("my-nodes/__init__.py"))
        .hasContent("raise SystemExit('run')");
    assertThat(made.cec().resolve(".comfydock_ignore")).hasContent("private/");
    assertThat(Files.readString(made.lock())).isEqualTo(BundleForge.LOCK);
    assertThat(made.manifest().models().values())
        .extracting(model -> model.relativePath())
        .contains("checkpoints/meine/Meer.safetensors", "checkpoints/sand.safetensors");
    assertThat(made.manifest().nodes().keySet()).containsExactly("alpha", "my-nodes");
    assertThat(made.history(new Identity("a", "b")).uncommitted()).isEmpty();
    assertThat(made.venv().resolve("pyvenv.cfg")).exists();
    assertThat(Folders.children(world.workspace.cache().resolve("imports"))).isEmpty();
  }

  @Test
  void workflowThatIsSavedWhileItsModelsAreNamedStaysAsItWasSaved() throws IOException {
    world.model("checkpoints/meine/Meer.safetensors", SEA);
    world.indexed(world.models);
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/far/sea.safetensors", SEA, URI.create("https://x.example/sea"))
            .workflow("portrait", "far/sea.safetensors")
            .workflow("beach", "far/sea.safetensors");
    ImportReport report = world.run(forge, "fern");
    Environment made = world.environment("fern");
    String foreign = Graphs.text("far/sea.safetensors", 1);
    String saved = Graphs.text("far/sea.safetensors", 7);
    Path portrait = made.liveWorkflows().resolve("portrait.json");
    Files.writeString(portrait, foreign);
    Files.writeString(made.liveWorkflows().resolve("beach.json"), foreign);
    String kept = Files.readString(made.workflows().resolve("portrait.json"));
    world
        .importing()
        .settle(
            report,
            Loaders.builtIn(),
            new SavingSteps(world.notes, "Changing fern", portrait, saved));
    assertThat(live(made, "portrait")).isEqualTo(saved);
    assertThat(made.workflows().resolve("portrait.json")).content().isEqualTo(kept);
    assertThat(live(made, "beach")).isEqualTo(Graphs.text("meine/Meer.safetensors", 1));
    assertThat(world.notes)
        .contains("portrait.json was changed in the meantime, and stays as it is.");
  }

  @Test
  void modelsThatCameAreInTheIndexWithTheirSources() throws IOException {
    world.model("loras/other.safetensors", SEA);
    URI sand = world.server.file("/sand", SAND);
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sand.safetensors", SAND, sand, URI.create("http://x/?token=1"))
            .model("checkpoints/deep/wood.safetensors", WOOD)
            .workflow("beach", "sand.safetensors");
    world.run(forge, "fern");
    try (ModelIndex index = ModelIndex.open(world.workspace.modelIndex(), Clock.systemUTC())) {
      assertThat(index.files())
          .extracting(IndexedFile::relativePath)
          .containsExactly("checkpoints/deep/wood.safetensors", "checkpoints/sand.safetensors");
      assertThat(index.find(forge.sha256(0)))
          .singleElement()
          .satisfies(
              model ->
                  assertThat(model.sources())
                      .extracting(ModelSource::url)
                      .containsExactly(sand.toString()));
      assertThat(index.find(forge.sha256(1))).hasSize(1);
      assertThat(index.roots()).singleElement().matches(root -> !root.complete());
      index.index(List.of(ModelRoot.of(world.models)), Progress.none());
      assertThat(index.files()).hasSize(3);
      assertThat(index.roots()).singleElement().matches(root -> root.complete());
    }
  }

  @Test
  void planChangesNothing() throws IOException {
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sand.safetensors", SAND, world.server.file("/sand", SAND))
            .model("checkpoints/wood.safetensors", WOOD)
            .model("checkpoints/sea.safetensors", SEA, URI.create("file:///etc/passwd"))
            .workflow("beach", "sand.safetensors")
            .registryPack("alpha", "1.0.0")
            .registryPack("nothing", "1")
            .developmentPack("my-nodes", "x = 1\n");
    Map<String, String> before = world.state();
    ImportPlan plan = world.plan(forge, world.request("fern", false), true);
    assertThat(world.state()).isEqualTo(before);
    assertThat(plan.models())
        .extracting(PlannedModel::state)
        .containsExactly(State.DOWNLOAD, State.BUNDLED, State.MISSING);
    assertThat(plan.packs())
        .extracting(PlannedPack::state)
        .containsExactly(
            PlannedPack.State.DOWNLOAD, PlannedPack.State.MISSING, PlannedPack.State.DEVELOPMENT);
    assertThat(plan.downloadBytes()).isEqualTo(SAND.length);
    assertThat(plan.notes()).anyMatch(note -> note.contains("is no web address"));
    assertThat(world.server.asked()).isEmpty();
  }

  @Test
  void whatCannotBeHadIsNamedAndComesWhenTriedAgain() throws IOException {
    URI sand = world.server.file("/sand", SAND);
    world.server.fault("/sand", Fault.cut(5));
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sand.safetensors", SAND, sand)
            .workflow("beach", "sand.safetensors")
            .registryPack("nothing", "1");
    ImportReport report = world.run(forge, "fern");
    assertThat(report.isWhole()).isFalse();
    assertThat(report.next())
        .hasSize(2)
        .anyMatch(
            step -> step.contains("sand.safetensors") && step.contains("tidepool models download"))
        .anyMatch(step -> step.contains("nothing") && step.contains("tidepool node add"));
    assertThat(world.environment("fern").isComplete()).isTrue();
    assertThat(world.models.resolve("checkpoints/sand.safetensors")).doesNotExist();
    world.run(new BundleForge(), "other");
    assertThat(world.server.asked()).containsExactly("/sand");
    world.run(forge, world.request("fern", true), MergeQuestions.none());
    assertThat(Files.readAllBytes(world.models.resolve("checkpoints/sand.safetensors")))
        .isEqualTo(SAND);
    assertThat(world.server.asked()).containsExactly("/sand", "/sand bytes=5-");
  }

  @Test
  void modelOutsideOfTheModelsFolderGetsANameInIt() throws IOException {
    Path elsewhere = world.folder.resolve("another ComfyUI/models");
    Files.createDirectories(elsewhere.resolve("loras"));
    Files.write(elsewhere.resolve("loras/odd.safetensors"), SEA);
    world.indexed(elsewhere);
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sea.safetensors", SEA, URI.create("https://x.example/sea"))
            .workflow("portrait", "sea.safetensors");
    world.run(forge, "fern");
    assertThat(Files.readAllBytes(world.models.resolve("checkpoints/sea.safetensors")))
        .isEqualTo(SEA);
    assertThat(live(world.environment("fern"), "portrait"))
        .isEqualTo(Graphs.text("sea.safetensors", 1));
  }

  @Test
  void fileOfTheSameNameStaysAndTheWorkflowNamesTheOther() throws IOException {
    world.model("checkpoints/sand.safetensors", WOOD);
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sand.safetensors", SAND, world.server.file("/sand", SAND))
            .workflow("beach", "sand.safetensors");
    world.run(forge, "fern");
    assertThat(Files.readAllBytes(world.models.resolve("checkpoints/sand.safetensors")))
        .isEqualTo(WOOD);
    Environment made = world.environment("fern");
    assertThat(live(made, "beach")).isEqualTo(Graphs.text("sand (2).safetensors", 1));
    assertThat(entry(made, "beach").models().get(0).nodes().get(0))
        .extracting(node -> node.widgetValue())
        .isEqualTo("sand (2).safetensors");
  }

  @Test
  void modelThatIsNowhereIsSubstitutedByItsName() throws IOException {
    world.model("checkpoints/other/sea.safetensors", WOOD);
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sea.safetensors", SEA, URI.create("file:///x"))
            .workflow("portrait", "sea.safetensors");
    ImportReport report = world.run(forge, "fern");
    Environment made = world.environment("fern");
    assertThat(live(made, "portrait")).isEqualTo(Graphs.text("other/sea.safetensors", 1));
    assertThat(report.isWhole()).isFalse();
    assertThat(entry(made, "portrait").models().get(0).isResolved()).isTrue();
  }

  @Test
  void packagesOfTheLockAreInstalled() throws IOException {
    String lock =
        BundleForge.LOCK.replace(
                "source = { virtual = \".\" }",
                """
                source = { virtual = "." }
                dependencies = [{ name = "sea" }]

                [package.metadata]
                requires-dist = [{ name = "sea" }]
                """)
            + locked("sea", "1.5");
    BundleForge forge =
        new BundleForge()
            .project(text -> text.replace("dependencies = []", "dependencies = [\"sea\"]"))
            .lock(lock);
    assertThatThrownBy(() -> world.plan(forge, world.request("fern", false), false))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("bundle-project-unsafe"));
    world.run(forge, "fern");
    assertThat(dev.tidepool.environment.PythonProject.installed(world.environment("fern")))
        .containsEntry("sea", "1.5");
  }

  @Test
  void lockOfMoreThanTheProjectAsksForGivesTheVersionsAlone() throws IOException {
    world.index.wheel("sea", "1.6").wheel("sand", "1.0");
    String lock =
        BundleForge.LOCK.replace(
                "source = { virtual = \".\" }",
                """
                source = { virtual = "." }
                dependencies = [{ name = "sea" }]

                [package.dev-dependencies]
                gone = [{ name = "sand" }]

                [package.metadata]
                requires-dist = [{ name = "sea" }]

                [package.metadata.requires-dev]
                gone = [{ name = "sand" }]
                """)
            + locked("sea", "1.5")
            + locked("sand", "1.0");
    BundleForge forge =
        new BundleForge()
            .project(text -> text.replace("dependencies = []", "dependencies = [\"sea\"]"))
            .lock(lock);
    world.run(forge, "fern");
    assertThat(dev.tidepool.environment.PythonProject.installed(world.environment("fern")))
        .containsEntry("sea", "1.5")
        .doesNotContainKey("sand");
  }

  private String locked(String name, String version) {
    String file = "/files/" + name + "-" + version + "-py3-none-any.whl";
    return """

    [[package]]
    name = "%s"
    version = "%s"
    source = { registry = "%s" }
    wheels = [{ url = "%s" }]
    """
        .formatted(
            name,
            version,
            world.index.address(),
            URI.create(world.index.address() + "/").resolve(file));
  }

  @Test
  void registryThatFailsLeavesNoEnvironmentAndTheNextTryGoesOn() throws IOException {
    BundleForge forge = new BundleForge().registryPack("alpha", "1.0.0");
    Map<String, String> before = world.state();
    world.registry.fault(
        "/cdn/alpha/1.0.0/node.zip", RegistryServer.Fault.CUT, RegistryServer.Fault.CUT);
    assertThatThrownBy(() -> world.run(forge, "fern"))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("registry-unreachable"));
    assertThat(world.state()).isEqualTo(before);
    assertThat(world.run(forge, "fern").isWhole()).isTrue();
  }

  @Test
  void importThatFailsAtAnyStepIsNoEnvironmentAndGoesOn() throws IOException {
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sand.safetensors", SAND, world.server.file("/sand", SAND))
            .model("checkpoints/wood.safetensors", WOOD)
            .workflow("beach", "sand.safetensors")
            .registryPack("alpha", "1.0.0")
            .developmentPack("my-nodes", "x = 1\n");
    Path bundle = forge.write(world.folder.resolve("bundle.tar.gz"));
    ImportRequest request = world.request("fern", false);
    int steps = 0;
    boolean done = false;
    while (!done) {
      int last = steps++;
      try {
        ImportReport report =
            world.run(bundle, request, MergeQuestions.none(), new FailingSteps(last));
        assertThat(report.isWhole()).isTrue();
        done = true;
      } catch (FailingSteps.Failed e) {
        assertThat(world.environments().list()).isEmpty();
        assertThat(Folders.children(world.workspace.cache().resolve("imports"))).isEmpty();
      }
    }
    assertThat(steps).isGreaterThan(4);
    Environment made = world.environment("fern");
    assertThat(live(made, "beach")).isEqualTo(Graphs.text("sand.safetensors", 1));
    assertThat(made.customNodes().resolve("alpha/__init__.py")).exists();
    assertThat(made.customNodes().resolve("my-nodes/__init__.py")).hasContent("x = 1");
    assertThat(made.history(new Identity("a", "b")).versions(9)).hasSize(1);
    assertThat(made.history(new Identity("a", "b")).uncommitted()).isEmpty();
    assertThat(Folders.children(world.models.resolve("checkpoints"))).hasSize(2);
  }

  @Test
  void bundleOfComfyDockComesWithAWarning() throws IOException {
    world.model("checkpoints/sand.safetensors", SAND);
    Path bundle =
        ComfyDockBundle.write(
            world.folder.resolve("studio_bundle.tar.gz"),
            Graphs.text("checkpoints/sand.safetensors", 1));
    ImportReport report =
        world.run(bundle, world.request("studio", false), MergeQuestions.none(), world.steps());
    assertThat(report.notes()).anyMatch(note -> note.contains("has no manifest"));
    Environment made = world.environment("studio");
    assertThat(live(made, "flow")).isEqualTo(Graphs.text("sand.safetensors", 1));
    assertThat(made.customNodes().resolve("my-dev/node.py")).hasContent("x = 1");
    assertThat(report.version()).contains("v1");
  }

  @Test
  void bundleOfComfyGitComesWithAllThatItSays() throws IOException {
    Path bundle =
        ComfyDockBundle.ofComfyGit(
            world.folder.resolve("studio.tar.gz"), Graphs.text("sand.safetensors", 1));
    ImportPlan plan = world.plan(bundle, world.request("studio", false), true);
    assertThat(plan.comfyUi().version()).isEqualTo("v0.4.0");
    assertThat(plan.python()).isEqualTo("3.11");
    assertThat(plan.packs())
        .extracting(PlannedPack::state)
        .containsExactly(PlannedPack.State.DEVELOPMENT);
    world.run(bundle, world.request("studio", false), MergeQuestions.none(), world.steps());
    Environment made = world.environment("studio");
    assertThat(made.manifest().nodes()).containsOnlyKeys("my-dev");
    assertThat(made.manifest().workflows()).containsOnlyKeys("flow");
    assertThat(made.manifest().text()).doesNotContain("tool.comfygit");
  }

  private static WorkflowEntry entry(Environment environment, String name) {
    return Objects.requireNonNull(environment.manifest().workflows().get(name));
  }

  private static String live(Environment environment, String name) throws IOException {
    return Files.readString(environment.liveWorkflows().resolve(name + ".json"));
  }
}
