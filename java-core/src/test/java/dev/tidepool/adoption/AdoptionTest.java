package dev.tidepool.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.comfyui.RunningProcess;
import dev.tidepool.environment.CreationTools;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.EnvironmentState;
import dev.tidepool.environment.Environments;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.environment.Torch;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.history.Version;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelDirectories;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.model.ComfyUiModels;
import dev.tidepool.nodepack.NotedSteps;
import dev.tidepool.nodepack.PackZip;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.nodepack.RegistryServer;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.PythonTools;
import dev.tidepool.resolution.Decisions;
import dev.tidepool.version.ModelCheck;
import dev.tidepool.version.ModelState;
import dev.tidepool.version.Status;
import dev.tidepool.version.Surroundings;
import dev.tidepool.version.WorkflowStatus;
import dev.tidepool.workspace.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adopting a small ComfyUI with real repositories, a real uv, and a registry of its own. */
class AdoptionTest {
  private static final Identity WHO = new Identity("Ann", "ann@example.org");

  private final List<String> notes = new ArrayList<>();
  private final StoreLocks locks = new StoreLocks();
  private Path folder;
  private OldInstallation old;
  private PackageIndex index;
  private RegistryServer registry;
  private Workspace workspace;
  private Environments environments;

  @BeforeEach
  void makeInstallation(@TempDir Path temporary) throws Exception {
    folder = Files.createDirectory(temporary.resolve("Höhle 1"));
    old = OldInstallation.in(folder.resolve("Mein ComfyUI"));
    index =
        new PackageIndex()
            .wheel("torch", "0.1")
            .wheel("sea", "1.0")
            .wheel("sea", "1.5")
            .wheel("sea", "2.0")
            .wheel("shell", "1.0")
            .wheel("extra", "1.0")
            .wheel("extra", "2.0");
    registry = new RegistryServer();
    registry.pack("known-pack", "Known", "https://github.com/k/known");
    registry.version("known-pack", "1.2.0", PackZip.pack("known"));
    workspace = new Workspace(folder.resolve("home"));
    environments = new Environments(workspace, locks, Clock.systemUTC(), notes::add);
  }

  @AfterEach
  void close() {
    index.close();
    registry.close();
  }

  @Test
  void planSaysWhatEveryPackIs() {
    AdoptionPlan plan = plan("studio", false);
    assertThat(plan.installation().packs())
        .extracting(pack -> pack.folder() + ": " + pack.kind())
        .containsExactly(
            "Ahead: development",
            "Changed: development",
            "Cloned: git",
            "Known: registry",
            "Linked: development",
            "Local: development",
            "Mine: development",
            "Sleeping.disabled: not listed");
    NodeEntry cloned = entry(plan, "Cloned");
    assertThat(cloned.repository()).contains("https://github.com/Ann/Cloned.git");
    assertThat(cloned.pinnedCommit()).isEqualTo(cloned.version());
    assertThat(cloned.branch()).contains("main");
    assertThat(entry(plan, "Known").registryId()).contains("known-pack");
    assertThat(entry(plan, "Known").version()).contains("1.2.0");
    assertThat(entry(plan, "Changed").repository()).contains("https://github.com/ann/changed");
    assertThat(plan.installation().workflows()).containsExactly("sub/portrait.json");
    assertThat(plan.installation().comfyUi().version()).isEqualTo("v0.4.0");
    assertThat(plan.installation().python().orElseThrow().wished()).containsExactly("extra", "sea");
    assertThat(plan.notes()).anyMatch(note -> note.contains("left out: homemade."));
    assertThat(plan.takesModels()).isTrue();
    assertThat(workspace.environments()).doesNotExist();
  }

  @Test
  void registryThatDoesNotAnswerMakesItsPacksFoldersOfTheUsers() {
    registry.close();
    AdoptionPlan plan = plan("studio", false);
    assertThat(entry(plan, "Known").source().text()).isEqualTo("development");
    assertThat(notes).anyMatch(note -> note.contains("The registry cannot be asked"));
  }

  @Test
  void copyIsAnEnvironmentAndTheInstallationIsAsItWas() throws IOException {
    SortedMap<String, String> before = old.state();
    Environment made = carryOut(plan("studio", false));
    assertThat(old.state()).isEqualTo(before);
    assertThat(environments.state(made)).isEqualTo(EnvironmentState.COMPLETE);
    assertThat(made.comfyUi().resolve("input/grid_pool/profiles.json")).exists();
    assertThat(made.comfyUi().resolve("user/default/comfy.settings.json")).exists();
    assertThat(made.comfyUi().resolve("custom_nodes/Changed/__init__.py"))
        .content()
        .isEqualTo("# changed");
    assertThat(made.comfyUi().resolve("custom_nodes/Sleeping.disabled")).isDirectory();
    assertThat(made.comfyUi().resolve("output")).doesNotExist();
    assertThat(made.comfyUi().resolve(".venv")).doesNotExist();
    assertThat(Files.readSymbolicLink(made.comfyUi().resolve("models")))
        .isEqualTo(old.folder().resolve("models"));
    assertThat(PythonProject.installed(made))
        .containsEntry("sea", "1.0")
        .containsEntry("extra", "1.0")
        .containsEntry("shell", "1.0")
        .containsEntry("torch", "0.1")
        .doesNotContainKey("homemade");
    assertThat(made.manifest().nodes().keySet())
        .containsExactlyInAnyOrder(
            "Ahead", "Changed", "Cloned", "known-pack", "Linked", "Local", "Mine");
    assertFirstVersion(made, "Adopt " + old.folder());
    assertThat(made.workflows().resolve("sub/portrait.json"))
        .content()
        .isEqualTo(OldInstallation.WORKFLOW);
    assertThat(made.manifest().models().values())
        .singleElement()
        .satisfies(model -> assertThat(model.relativePath()).isEqualTo("loras/wave.safetensors"));
  }

  @Test
  void linkThatLeadsOutOfTheInstallationLeadsToTheSame() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("elsewhere/Pack"));
    Files.writeString(outside.resolve("__init__.py"), "");
    Files.createSymbolicLink(
        old.folder().resolve("custom_nodes/Outside"), Path.of("..", "..", "elsewhere", "Pack"));
    Path target = folder.resolve("copied to/deep/down");
    Files.createDirectories(target.resolveSibling(""));
    new InstallationCopy(old.folder()).to(target, new NotedSteps(notes));
    assertThat(target.resolve("custom_nodes/Outside").toRealPath()).isEqualTo(outside.toRealPath());
    assertThat(target.resolve("custom_nodes/Linked").toRealPath())
        .isEqualTo(target.resolve("dev/Linked").toRealPath());
  }

  @Test
  void folderOfPacksThatIsALinkIsCopiedAsAFolder() throws IOException {
    Path packs = folder.resolve("shared packs");
    Files.move(old.folder().resolve("custom_nodes"), packs);
    Files.createSymbolicLink(old.folder().resolve("custom_nodes"), packs);
    Path target = folder.resolve("copy");
    new InstallationCopy(old.folder()).to(target, new NotedSteps(notes));
    assertThat(target.resolve("custom_nodes")).isDirectory();
    assertThat(Files.isSymbolicLink(target.resolve("custom_nodes"))).isFalse();
    assertThat(target.resolve("custom_nodes/Mine/__init__.py")).exists();
  }

  @Test
  void linksBelowWhatIsWrittenAreCopiedAsTheirContent() throws IOException {
    Path shared = Files.createDirectories(folder.resolve("shared"));
    Path workflows = Files.createDirectories(shared.resolve("workflows"));
    Files.writeString(workflows.resolve("sea.json"), "{}");
    Files.createSymbolicLink(workflows.resolve("round"), shared);
    Path picture = Files.writeString(shared.resolve("sea.png"), "a picture");
    Path user = old.folder().resolve("user/default");
    Path input = old.folder().resolve("input");
    Files.createSymbolicLink(user.resolve("workflows/linked"), workflows);
    Files.createSymbolicLink(user.resolve("again"), Path.of("..", ".."));
    Files.createSymbolicLink(input.resolve("sea.png"), picture);
    Files.createSymbolicLink(input.resolve("gone.png"), shared.resolve("gone.png"));
    Path target = folder.resolve("copy");
    InstallationCopy copy = new InstallationCopy(old.folder());
    copy.to(target, new NotedSteps(notes));
    Files.writeString(target.resolve("user/default/workflows/linked/sea.json"), "changed");
    Files.writeString(target.resolve("input/sea.png"), "changed");
    assertThat(workflows.resolve("sea.json")).content().isEqualTo("{}");
    assertThat(picture).content().isEqualTo("a picture");
    assertThat(target.resolve("user/default/workflows/linked/round")).doesNotExist();
    assertThat(target.resolve("user/default/again")).doesNotExist();
    assertThat(Files.isSymbolicLink(target.resolve("input/gone.png"))).isFalse();
    assertThat(links(target.resolve("user"))).isEmpty();
  }

  private static List<Path> links(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isSymbolicLink).toList();
    }
  }

  @Test
  void inPlaceTheFolderItselfBecomesTheEnvironments() throws IOException {
    SortedMap<String, String> before = old.state();
    Environment made = carryOut(plan("studio", true));
    assertThat(old.folder()).doesNotExist();
    assertThat(OldInstallation.state(made.comfyUi())).isEqualTo(before);
    assertThat(environments.state(made)).isEqualTo(EnvironmentState.COMPLETE);
    assertFirstVersion(made, "Adopt " + old.folder());
    assertThat(made.manifest().models()).hasSize(1);
  }

  @Test
  void inPlaceNothingHappensToTheInstallationWhenPackagesCannotBeHad() throws IOException {
    SortedMap<String, String> before = old.state();
    AdoptionPlan plan = plan("studio", true);
    index.close();
    assertThatThrownBy(() -> carryOut(plan)).isInstanceOf(TidepoolException.class);
    assertThat(old.state()).isEqualTo(before);
    assertThat(environments.list()).isEmpty();
  }

  @Test
  void whatDiedBeforeTheRenamingIsNoEnvironmentAndGoesOn() throws IOException {
    Environment made = carryOut(plan("studio", true));
    // As it is when the link was taken away, and the folder not yet renamed.
    Files.move(made.comfyUi(), old.folder());
    Files.delete(made.cec().resolve(".complete"));
    Files.writeString(
        made.folder().resolve(".tidepool/create.json"),
        "{\"request\":\"python=3.11 version= source= torch=auto in-place="
            + old.folder()
            + "\",\"version\":\"v0.4.0\",\"ready\":true}");
    assertThat(environments.list()).isEmpty();
    assertThat(environments.state(carryOut(plan("studio", true))))
        .isEqualTo(EnvironmentState.COMPLETE);
    assertThat(old.folder()).doesNotExist();
    // As it is right after the renaming.
    Files.delete(made.cec().resolve(".complete"));
    Files.writeString(
        made.folder().resolve(".tidepool/create.json"), "{\"request\":\"x\",\"ready\":true}");
    assertThat(environments.list()).extracting(Environment::name).containsExactly("studio");
    assertThat(made.folder().resolve(".tidepool/create.json")).doesNotExist();
  }

  @Test
  void contradictionsAreLeftOutSayingSo() throws IOException {
    old.write("custom_nodes/Mine/requirements.txt", "sea<1.2\n");
    old.write("custom_nodes/Known/requirements.txt", "sea>=2 ; python_version > '3'\n");
    Environment made = carryOut(plan("studio", false));
    assertThat(notes).anyMatch(note -> note.contains("contradict each other"));
    Manifest manifest = made.manifest();
    assertThat(manifest.groups().values().stream().flatMap(List::stream).toList())
        .contains("sea", "sea ; python_version > '3'");
    assertThat(PythonProject.installed(made)).containsEntry("sea", "1.0");
  }

  @Test
  void modelsBesideThoseOfTheWorkspaceAreSeenAndLostVersionsReplaced() throws IOException {
    old.installed("shell", "0.9", "REQUESTED");
    Path models = Files.createDirectories(workspace.models().resolve("loras"));
    Files.writeString(models.resolve("own.safetensors"), "a model of the workspace");
    Path original = Files.writeString(folder.resolve("mine.yaml"), "mine:\n    base_path: /data");
    Files.createSymbolicLink(old.folder().resolve("extra_model_paths.yaml"), original);
    AdoptionPlan plan = plan("studio", false);
    assertThat(plan.takesModels()).isFalse();
    Environment made = carryOut(plan);
    assertThat(made.comfyUi().resolve("extra_model_paths.yaml"))
        .content()
        .isEqualTo(
            "mine:\n    base_path: /data\ntidepool_adopted:\n    base_path: '"
                + old.folder().resolve("models")
                + "'\n    loras: loras/\n");
    assertThat(original).content().isEqualTo("mine:\n    base_path: /data");
    assertThat(made.comfyUi().resolve("models").toRealPath())
        .isEqualTo(workspace.models().toRealPath());
    assertThat(notes)
        .contains(
            "Not every version that was installed can be had again; others take the place of"
                + " shell.");
    assertThat(PythonProject.installed(made))
        .containsEntry("shell", "1.0")
        .containsEntry("sea", "1.0")
        .containsEntry("extra", "1.0");
  }

  @Test
  void whatWasAdoptedBeforeKeepsItsModelsBesideThoseOfNow() throws IOException {
    Path own = Files.createDirectories(workspace.models().resolve("loras"));
    Files.writeString(own.resolve("own.safetensors"), "a model of the workspace");
    Path first = Files.createDirectories(folder.resolve("first/loras"));
    Files.writeString(first.resolve("older.safetensors"), "a model of the first adoption");
    String before =
        "tidepool_adopted:\n    base_path: '" + first.getParent() + "'\n    loras: loras/\n";
    old.write("extra_model_paths.yaml", before);
    Environment made = carryOut(plan("studio", false));
    assertThat(made.comfyUi().resolve("extra_model_paths.yaml"))
        .content()
        .isEqualTo(
            before
                + "tidepool_adopted_2:\n    base_path: '"
                + old.folder().resolve("models")
                + "'\n    loras: loras/\n");
  }

  @Test
  void modelsInSeveralPlacesAreKnownToTheEnvironment() throws IOException {
    Path shared = Files.createDirectories(folder.resolve("shared/Lora"));
    Files.writeString(shared.resolve("shore.safetensors"), "a model elsewhere");
    old.write(
        "extra_model_paths.yaml",
        "mine:\n    base_path: ../shared\n    loras: Lora\n    vae: Gone\n");
    old.write(
        "user/default/workflows/two.json",
        OldInstallation.WORKFLOW.replace("wave.safetensors", "shore.safetensors"));
    assertCode("adopt-folder-unsuitable", () -> plan("studio", true));
    AdoptionPlan plan = plan("studio", false);
    assertThat(plan.installation().moreModels())
        .isEqualTo(Map.of("loras", List.of(shared.toRealPath())));
    Environment made = carryOut(plan);
    assertThat(made.comfyUi().resolve("extra_model_paths.yaml"))
        .content()
        .endsWith("tidepool_adopted_too:\n    loras: |\n        " + shared.toRealPath() + "\n");
    assertThat(made.manifest().models().values())
        .extracting(ModelEntry::relativePath)
        .containsExactlyInAnyOrder("loras/wave.safetensors", "Lora/shore.safetensors");
    PythonProject python = new PythonProject(tools());
    assertThat(Status.of(made, () -> made.history(WHO), around(made), () -> python).workflows())
        .hasSize(2)
        .flatExtracting(WorkflowStatus::models)
        .extracting(ModelCheck::state)
        .containsOnly(ModelState.FOUND);
  }

  @Test
  void inPlaceModelsInSeveralPlacesAreKnownToo() throws IOException {
    Path shared = Files.createDirectories(folder.resolve("shared"));
    Files.writeString(shared.resolve("shore.safetensors"), "a model elsewhere");
    old.write("extra_model_paths.yaml", "mine:\n    loras: " + shared + "\n");
    old.write(
        "user/default/workflows/two.json",
        OldInstallation.WORKFLOW.replace("wave.safetensors", "shore.safetensors"));
    Environment made = carryOut(plan("studio", true));
    assertThat(made.manifest().models()).hasSize(2);
  }

  @Test
  void comfyUiThatRunsIsNotAdoptedInPlaceAndACopySaysSo() throws Exception {
    Process running =
        new ProcessBuilder("python3", "main.py", "--port", "0")
            .directory(old.folder().toFile())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = running.inputReader()) {
      assertThat(out.readLine()).contains("to stdout");
      String told = "runs, as process " + running.pid() + " at port 0";
      assertThat(plan("studio", false).notes()).anyMatch(note -> note.contains(told));
      assertThatThrownBy(() -> plan("studio", true))
          .isInstanceOfSatisfying(
              TidepoolException.class,
              e -> {
                assertThat(e.code()).isEqualTo("adopt-comfyui-running");
                assertThat(e.getMessage()).contains(told);
              });
    } finally {
      running.destroyForcibly().waitFor();
    }
    assertThat(plan("studio", true).notes()).noneMatch(note -> note.contains("process"));
  }

  @Test
  void comfyUiThatIsStartedMeanwhileIsNotRenamed() throws Exception {
    AdoptionPlan plan = plan("studio", true);
    SortedMap<String, String> before = old.state();
    Process running =
        new ProcessBuilder(
                "python3",
                "-c",
                "print('runs', flush=True); input()",
                old.folder() + "/main.py",
                "--port=7")
            .start();
    try (BufferedReader out = running.inputReader()) {
      assertThat(out.readLine()).isEqualTo("runs");
      assertThat(RunningProcess.in(old.folder())).contains(new RunningProcess(running.pid(), "7"));
      assertCode("adopt-comfyui-running", () -> carryOut(plan));
      assertThat(old.state()).isEqualTo(before);
    } finally {
      running.destroyForcibly().waitFor();
    }
    assertThat(environments.state(carryOut(plan))).isEqualTo(EnvironmentState.COMPLETE);
  }

  @Test
  void installationThatCannotBeAdoptedIsRefusedWithoutATrace() throws IOException {
    assertCode("comfyui-not-found", () -> plan(folder, "studio", false));
    assertCode("environment-name-invalid", () -> plan("a/b", false));
    Path link = Files.createSymbolicLink(folder.resolve("link"), old.folder());
    assertCode("adopt-folder-unsuitable", () -> plan(link, "studio", true));
    Workspace inside = new Workspace(old.folder().resolve("workspace"));
    assertCode(
        "adopt-folder-unsuitable",
        () ->
            new Adoption(
                    inside,
                    new Environments(inside, locks, Clock.systemUTC(), notes::add),
                    packs(),
                    Map.of())
                .plan(old.folder(), Optional.of("x"), false, new NotedSteps(notes)));
    assertThat(workspace.environments()).doesNotExist();
  }

  @Test
  void nameIsThatOfTheFolderAndTheFolderAroundComfyUiWillDo() throws IOException {
    Path portable = Files.createDirectory(folder.resolve("Portable"));
    Files.move(old.folder(), portable.resolve("ComfyUI"));
    AdoptionPlan plan = adoption().plan(portable, Optional.empty(), false, new NotedSteps(notes));
    assertThat(plan.name()).isEqualTo("Portable");
    assertThat(plan.installation().folder()).isEqualTo(portable.resolve("ComfyUI").toRealPath());
  }

  private void assertFirstVersion(Environment made, String message) {
    History history = made.history(WHO);
    assertThat(history.versions(9))
        .singleElement()
        .extracting(Version::name, Version::title)
        .containsExactly("v1", message);
    assertThat(history.uncommitted()).isEmpty();
    assertThat(made.manifest().workflows()).containsOnlyKeys("sub/portrait");
  }

  private interface Act {
    void run() throws IOException;
  }

  private static void assertCode(String code, Act act) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(TidepoolException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static NodeEntry entry(AdoptionPlan plan, String pack) {
    Map<String, AdoptedPack> packs =
        plan.installation().packs().stream()
            .collect(Collectors.toMap(AdoptedPack::folder, each -> each));
    return Objects.requireNonNull(packs.get(pack)).entry().orElseThrow();
  }

  private AdoptionPlan plan(String name, boolean inPlace) {
    return plan(old.folder(), name, inPlace);
  }

  private AdoptionPlan plan(Path from, String name, boolean inPlace) {
    return adoption().plan(from, Optional.of(name), inPlace, new NotedSteps(notes));
  }

  private Adoption adoption() {
    return new Adoption(workspace, environments, packs(), Map.of());
  }

  private Packs packs() {
    return Packs.of(
        workspace, Map.of("TIDEPOOL_REGISTRY_URL", registry.address()), locks, Clock.systemUTC());
  }

  private Environment carryOut(AdoptionPlan plan) throws IOException {
    return adoption()
        .carryOut(
            plan,
            Torch.of("auto", true),
            new CreationTools(tools(), WHO),
            this::around,
            new NotedSteps(notes));
  }

  private Surroundings around(Environment environment) {
    return new Surroundings(
        new ModelDirectories(
            List.of(environment.comfyUi().resolve("models"), environments.file().modelsFolder()),
            () -> ComfyUiModels.added(environment.comfyUi(), Map.of())),
        workspace.modelIndex(),
        Loaders::builtIn,
        "none",
        new Decisions(
            workspace.metadata().resolve("decisions.json"), locks.of(workspace.metadata())),
        Clock.systemUTC());
  }

  private PythonTools tools() throws IOException {
    Map<String, String> variables = index.environment();
    variables.put("UV_CACHE_DIR", folder.resolve("uv_cache").toString());
    Path home = Files.createDirectories(folder.resolve("tools"));
    return new PythonTools(home, new ProcessRunner(variables, folder.resolve("uv.log")));
  }
}
