package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.tidepool.adoption.OldInstallation;
import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.io.Folders;
import dev.tidepool.nodepack.RegistryServer;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.TestTools;
import dev.tidepool.version.VersionWorld;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code adopt}, {@code migrate} and {@code workflow resolve --all} as commands. */
class AdoptCommandsTest {
  @TempDir Path folder;

  @Test
  void dryRunShowsThePlanAndChangesNothing() throws Exception {
    OldInstallation.in(folder.resolve("Old"));
    try (RegistryServer registry = new RegistryServer()) {
      Session session =
          new Session(folder)
              .with("TIDEPOOL_HOME", folder.resolve("home").toString())
              .with("TIDEPOOL_REGISTRY_URL", registry.address());
      Session.Run run = session.run("adopt Old --dry-run");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .contains(
              "  ComfyUI    v0.4.0",
              "  Python     3.11, 2 packages",
              "  workflows  1",
              "    Changed: development, its files were changed",
              "    Sleeping.disabled: not listed, disabled");
      assertThat(session.run("adopt Old --name studio --dry-run --json").out())
          .singleElement()
          .asString()
          .startsWith("{\"name\":\"studio\"")
          .contains("\"in_place\":false,\"done\":false,\"folder\":null");
      assertThat(session.run("adopt Old --copy --in-place").exitCode()).isEqualTo(2);
      assertThat(session.typing("n\n").run("adopt Old").exitCode()).isEqualTo(3);
      assertThat(folder.resolve("home/environments")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--copy Copying", "--in-place Installed", "--in-place Recording version"})
  void whatIsKilledAtAnyStepLeavesTheInstallationAndGoesOn(String choice) throws Exception {
    String how = choice.substring(0, choice.indexOf(' '));
    FakeComfyUi.write(folder.resolve("Old"), "0.4.0");
    Files.createDirectories(folder.resolve("Old/custom_nodes/Mine"));
    Files.writeString(folder.resolve("Old/custom_nodes/Mine/__init__.py"), "");
    List<String> before = state();
    try (PackageIndex index = FakeComfyUi.index()) {
      String[] command = {"adopt", "Old", "--name", "studio", how, "--json"};
      try (TidepoolProcess process =
          new TidepoolProcess(folder, index, TestTools.uvFolder(), command)) {
        process.awaitErr(choice.substring(how.length() + 1));
        process.kill();
      }
      Path made = folder.resolve("home/environments/studio");
      boolean renamed = !Files.exists(folder.resolve("Old"));
      if (!renamed) {
        assertThat(state()).isEqualTo(before);
        try (TidepoolProcess again =
            new TidepoolProcess(folder, index, TestTools.uvFolder(), command)) {
          assertThat(again.restOfOut()).contains("\"done\":true");
          assertThat(again.exitCode()).isZero();
        }
      }
      Session session =
          new Session(folder).with("TIDEPOOL_HOME", folder.resolve("home").toString());
      assertThat(String.join("\n", session.run("log -e studio").out()))
          .contains("v1", "Adopt")
          .doesNotContain("v2");
      assertThat(made.resolve("ComfyUI/custom_nodes/Mine/__init__.py")).exists();
      assertThat(Files.exists(folder.resolve("Old"))).isEqualTo(how.equals("--copy"));
    }
  }

  @Test
  void initOffersToAdoptTheComfyUiThatIsThere() throws Exception {
    FakeComfyUi.write(folder.resolve("ComfyUI"), "0.4.0");
    Files.createDirectories(folder.resolve("ComfyUI/models"));
    List<String> before = state("ComfyUI");
    try (PackageIndex index = FakeComfyUi.index()) {
      Session session = adopting(index, "home").typing("1\ny\ny\n");
      Session.Run run = session.run("init");
      assertThat(run.exitCode()).isZero();
      assertThat(String.join("\n", run.err()))
          .contains(
              "There is a ComfyUI in HERE/ComfyUI. A copy of it can be an environment.",
              "  ComfyUI    v0.4.0",
              "The environment ComfyUI is ready; its state is version v1.");
      assertThat(run.out()).containsExactly("HERE/home", "HERE/home/environments/ComfyUI");
      assertThat(session.run("config models").out()).containsExactly("HERE/ComfyUI/models");
      assertThat(state("ComfyUI")).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ComfyUI\n\n", "\ny\nn\n", "1\n"})
  void initAdoptsNothingWithoutAYes(String typed) throws Exception {
    FakeComfyUi.write(folder.resolve("ComfyUI"), "0.4.0");
    Files.createDirectories(folder.resolve("ComfyUI/models"));
    try (PackageIndex index = FakeComfyUi.index()) {
      Session.Run run = adopting(index, "home").typing(typed).run("init");
      assertThat(run.exitCode()).isZero();
      assertThat(run.err())
          .last(STRING)
          .endsWith("hint: tidepool adopt 'HERE/ComfyUI' does it later.");
      assertThat(run.out()).containsExactly("HERE/home");
      assertThat(folder.resolve("home/environments")).isEmptyDirectory();
      for (String quiet : List.of("--yes", "--no-interactive")) {
        Session.Run asked = adopting(index, "other").typing("1\ny\ny\n").run("init " + quiet);
        assertThat(asked.exitCode()).isZero();
        assertThat(asked.err()).noneMatch(line -> line.contains("There is a ComfyUI"));
        Folders.delete(folder.resolve("other"));
      }
    }
  }

  /** A session in which environments are made of the packages of this index alone. */
  private Session adopting(PackageIndex index, String home) throws IOException {
    return new Session(folder)
        .with("HOME", folder.toString())
        .with("TIDEPOOL_HOME", folder.resolve(home).toString())
        .with("UV_DEFAULT_INDEX", index.address())
        .with("UV_CACHE_DIR", folder.resolve("uv_cache").toString())
        .with("PATH", TestTools.uvFolder() + File.pathSeparator + System.getenv("PATH"));
  }

  @Test
  void migrateChecksAndMakesFirstVersions() throws IOException {
    VersionWorld world = VersionWorld.in(folder);
    Files.writeString(world.environment.liveWorkflows().resolve("a.json"), "{\"nodes\":[]}");
    Folders.delete(world.environment.cec().resolve(".git"));
    Session session = new Session(folder).with("TIDEPOOL_HOME", world.folder.toString());
    assertThat(session.run("migrate --dry-run").out())
        .anyMatch(line -> line.matches("studio +v0\\.30\\.0 +0 +0 +1 +to be made"));
    assertThat(world.environment.cec().resolve(".git")).doesNotExist();
    Session.Run run = session.run("migrate --json");
    assertThat(run.out())
        .singleElement()
        .asString()
        .contains("\"differing\":{\"a\":\"new\"},\"problems\":[],\"version\":\"v1\"");
    assertThat(session.run("log -e studio").out())
        .anyMatch(line -> line.contains("As ComfyDock left it"));
    assertThat(session.run("migrate nowhere --json").exitCode()).isEqualTo(1);
  }

  @Test
  void resolveAllIsAboutEveryWorkflowOfAnEnvironment() throws IOException {
    VersionWorld world = VersionWorld.in(folder);
    Path live = world.environment.liveWorkflows();
    Files.createDirectories(world.models.resolve("loras/deep"));
    Files.writeString(world.models.resolve("loras/deep/wave.safetensors"), "a small model");
    Files.createDirectories(live.resolve("sub"));
    Files.writeString(live.resolve("one.json"), lora("old/wave.safetensors"));
    Files.writeString(live.resolve("sub/two.json"), lora("unknown.pt"));
    Files.writeString(live.resolve("broken.json"), "[]");
    Session session = new Session(folder).with("TIDEPOOL_HOME", world.folder.toString());
    Session.Run dry = session.run("workflow resolve --all --dry-run");
    assertThat(dry.err()).contains("one.json:", "sub/two.json:", "broken.json:");
    assertThat(live.resolve("one.json")).content().contains("old/wave.safetensors");
    Session.Run run = session.run("workflow resolve --all --json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .singleElement()
        .asString()
        .contains("sub/two.json\",\"models\":[", "\"code\":\"workflow-invalid\"");
    assertThat(live.resolve("one.json")).content().contains("deep/wave.safetensors");
    assertThat(session.run("workflow resolve").exitCode()).isEqualTo(2);
    assertThat(session.run("workflow resolve x.json --all").exitCode()).isEqualTo(2);
  }

  private static String lora(String name) {
    return "{\"nodes\":[{\"id\":1,\"type\":\"LoraLoader\",\"widgets_values\":[\""
        + name
        + "\",1,1],\"inputs\":[],\"outputs\":[]}],\"links\":[],\"version\":0.4}";
  }

  private List<String> state() throws IOException {
    return state("Old");
  }

  private List<String> state(String name) throws IOException {
    try (var all = Files.walk(folder.resolve(name))) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
