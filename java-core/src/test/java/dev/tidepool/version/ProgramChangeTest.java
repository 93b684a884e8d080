package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.comfyui.CachedComfyUi;
import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.comfyui.Source;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.environment.Running;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.python.PackageIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An environment gets another ComfyUI, and the old one again, with the real uv. */
class ProgramChangeTest {
  @TempDir Path folder;
  private PackageIndex index;
  private VersionWorld world;
  private PythonProject python;
  private Path newer;

  @BeforeEach
  void make() throws IOException {
    index = new PackageIndex().wheel("sea", "1.0").wheel("sea", "1.5").wheel("mine", "1.0");
    world = VersionWorld.in(folder);
    python = world.python(index);
    program(world.environment.comfyUi(), "0.30.0", "sea<1.5", "old");
    program(world.folder.resolve("comfyui/store/release_v0.30.0/content"), "0.30.0", "sea", "old");
    Graphs.write(
        world.folder.resolve("comfyui/store/release_v0.30.0/metadata.json"),
        "{\"version\":\"v0.30.0\",\"version_type\":\"release\",\"source\":\"here\"}");
    newer = program(folder.resolve("newer"), "0.31.0", "sea>=1.5", "new");
    for (String own :
        List.of(
            "notes.txt",
            "extra_model_paths.yaml",
            "models/loras/a.pt",
            "input/a.png",
            "output/b.png",
            "user/default/comfy.settings.json",
            "custom_nodes/mine/__init__.py",
            "custom_nodes/own.py")) {
      world.write("ComfyUI/" + own, "the user's " + own);
    }
    world.ask("sea<1.5", "mine");
    commit("With packages");
    python.sync(world.environment, Steps.silent());
  }

  @AfterEach
  void close() {
    index.close();
  }

  private static Path program(Path folder, String version, String requirement, String only)
      throws IOException {
    FakeComfyUi.write(folder, version);
    Graphs.write(folder.resolve("requirements.txt"), requirement + "\n");
    Graphs.write(folder.resolve("main.py"), "# " + version);
    Graphs.write(folder.resolve("custom_nodes/websocket_image_save.py"), "# " + version);
    Graphs.write(folder.resolve(only + "/__init__.py"), "");
    return folder;
  }

  @Test
  void programAndItsPackagesAreExchangedAndWhatIsTheUsersStays() throws IOException {
    Map<String, String> before = users();
    change();
    assertProgram("0.31.0", "new", "old");
    assertThat(users()).isEqualTo(before);
    assertThat(world.environment.manifest().comfyUi().version()).isEqualTo("v0.31.0");
    assertThat(world.environment.manifest().dependencies()).containsExactly("sea>=1.5", "mine");
    assertThat(PythonProject.installed(world.environment))
        .containsEntry("sea", "1.5")
        .containsEntry("mine", "1.0");
    commit("Newer");
    assertThat(world.history.versions(1).get(0).name()).isEqualTo("v3");
  }

  @Test
  void rollbackBringsTheProgramOfThenAndForthAgain() throws IOException {
    Map<String, String> before = world.files();
    change();
    commit("Newer");
    rollback("v2", false);
    assertThat(withoutPackages(world.files())).isEqualTo(withoutPackages(before));
    assertThat(PythonProject.installed(world.environment)).containsEntry("sea", "1.0");
    assertThat(plan("v2", false).isEmpty()).isTrue();
    assertThat(world.trash()).isEmpty();
    rollback("v3", false);
    assertProgram("0.31.0", "new", "old");
    assertThat(PythonProject.installed(world.environment)).containsEntry("sea", "1.5");
  }

  @Test
  void programThatWasNotKeptComesFromTheCache() throws IOException {
    change();
    commit("Newer");
    Folders.delete(world.environment.folder().resolve(".tidepool/comfyui"));
    rollback("v2", false);
    assertProgram("0.30.0", "old", "new");
  }

  @Test
  void programStaysWhenThatIsWanted() throws IOException {
    change();
    commit("Newer");
    assertThat(plan("v2", true).warnings())
        .anyMatch(warning -> warning.startsWith("ComfyUI itself stays at v0.31.0"));
    rollback("v2", true);
    assertProgram("0.31.0", "new", "old");
  }

  @Test
  void programThatStayedIsKeptUnderItsOwnName() throws IOException {
    change();
    commit("Newer");
    rollback("v2", true);
    assertThat(plan("v2", false).warnings())
        .anyMatch(warning -> warning.startsWith("ComfyUI itself stays at v0.31.0"));
    assertThat(plan("v3", false).comfyUi()).isEmpty();
    CachedComfyUi older = world.programs().find(pin("v0.30.0")).orElseThrow();
    exchange().apply(older, Steps.silent());
    assertProgram("0.30.0", "old", "new");
    rollback("v3", false);
    assertProgram("0.31.0", "new", "old");
    rollback("v2", false);
    assertProgram("0.30.0", "old", "new");
  }

  @Test
  void comfyUiInUseBringsNothingOfItsUser() throws IOException {
    Path others = folder.resolve("others");
    Graphs.write(others.resolve("own.py"), "another's");
    Folders.delete(newer.resolve("custom_nodes"));
    Files.createSymbolicLink(newer.resolve("custom_nodes"), others);
    Graphs.write(newer.resolve("extra_model_paths.yaml"), "another's");
    Map<String, String> before = users();
    change();
    assertThat(users()).isEqualTo(before);
    assertThat(others.resolve("own.py")).content().isEqualTo("another's");
  }

  @Test
  void nodesBehindALinkStay() throws IOException {
    Path shared = folder.resolve("shared");
    Files.move(world.environment.customNodes(), shared);
    Files.createSymbolicLink(world.environment.customNodes(), shared);
    change();
    assertThat(shared.resolve("websocket_image_save.py")).content().isEqualTo("# 0.30.0");
    assertThat(shared.resolve("own.py")).exists();
  }

  @Test
  void comfyUiBehindALinkIsNotTouched() throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(world.environment.comfyUi(), elsewhere);
    Files.createSymbolicLink(world.environment.comfyUi(), elsewhere);
    assertThatThrownBy(this::change)
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("comfyui-linked"));
    assertThat(elsewhere.resolve("main.py")).content().isEqualTo("# 0.30.0");
  }

  @Test
  void whatWasPutIntoAKeptProgramGoesToTheTrash() throws IOException {
    change();
    commit("Newer");
    world.write(".tidepool/comfyui/v0.30.0/custom_nodes/pack/__init__.py", "put there");
    rollback("v2", false);
    assertThat(world.trash()).containsValue("put there");
  }

  @Test
  void versionsOfAnyNameStayInTheirFolder() throws IOException {
    for (String version : List.of("", "..", "../x")) {
      world.write(
          ".cec/pyproject.toml",
          world
              .environment
              .manifest()
              .withComfyUi(new ComfyUiPin(version, Optional.of("branch"), Optional.empty()))
              .text());
      change();
      assertThat(world.environment.comfyUi().resolve("main.py")).content().isEqualTo("# 0.31.0");
      assertThat(world.environment.folder().resolve(".tidepool/comfyui.txt")).exists();
    }
    assertThat(world.keptPrograms().keySet()).allMatch(path -> path.matches("(unknown|_|__x)/.*"));
  }

  @Test
  void failureOfUvLeavesEverything() throws IOException {
    change();
    commit("Newer");
    Folders.delete(world.folder.resolve("uv_cache"));
    Folders.delete(world.folder.resolve("uv"));
    Map<String, String> before = world.files();
    Map<String, String> kept = world.keptPrograms();
    index.cutShort();
    assertThatThrownBy(() -> rollback("v2", false))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("sync-failed"));
    assertThat(world.files()).isEqualTo(before);
    assertThat(world.keptPrograms()).isEqualTo(kept);
    assertThat(PythonProject.installed(world.environment)).containsEntry("sea", "1.5");
  }

  @Test
  void comfyUiThatRunsIsNotExchanged() throws IOException {
    Map<String, String> before = world.files();
    try (Running running = Running.of(world.environment)) {
      assertThat(running).isNotNull();
      assertThatThrownBy(this::change)
          .isInstanceOfSatisfying(
              TidepoolException.class, e -> assertThat(e.code()).isEqualTo("environment-running"));
    }
    assertThat(world.files()).isEqualTo(before);
  }

  private void change() throws IOException {
    ComfyUiPin made = exchange().apply(CachedComfyUi.of(new Source.Folder(newer)), Steps.silent());
    assertThat(made.version()).isEqualTo("v0.31.0");
  }

  private ProgramChange exchange() {
    return new ProgramChange(world.environment, python, world.programs());
  }

  private static ComfyUiPin pin(String version) {
    return new ComfyUiPin(version, Optional.of("release"), Optional.empty());
  }

  private void assertProgram(String version, String there, String gone) {
    Path comfyUi = world.environment.comfyUi();
    assertThat(comfyUi.resolve("main.py")).content().isEqualTo("# " + version);
    assertThat(comfyUi.resolve("custom_nodes/websocket_image_save.py"))
        .content()
        .isEqualTo("# " + version);
    assertThat(comfyUi.resolve(there)).isDirectory();
    assertThat(comfyUi.resolve(gone)).doesNotExist();
  }

  private Map<String, String> users() throws IOException {
    Map<String, String> users = new HashMap<>(world.files());
    users.values().removeIf(text -> !text.startsWith("the user's "));
    assertThat(users).hasSize(8);
    return users;
  }

  private static Map<String, String> withoutPackages(Map<String, String> files) {
    Map<String, String> some = new HashMap<>(files);
    some.keySet().removeIf(path -> path.startsWith(".venv/"));
    return some;
  }

  private RollbackPlan plan(String target, boolean keeps) {
    return rollback(keeps).plan(Optional.of(target));
  }

  private void rollback(String target, boolean keeps) {
    rollback(keeps).apply(plan(target, keeps), Steps.silent());
  }

  private Rollback rollback(boolean keeps) {
    return world.rollback(python, keeps);
  }

  private void commit(String message) {
    world.commit(message, () -> python);
  }
}
