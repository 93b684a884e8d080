package dev.tidepool.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.PublicAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles whose members are whole, and say what none may say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignBundleTest {
  private static final byte[] SEA = "sea".getBytes(StandardCharsets.UTF_8);

  private ImportWorld world;
  private Map<String, String> before;

  @BeforeAll
  void make(@TempDir Path temp) throws IOException {
    world = new ImportWorld(temp);
  }

  @BeforeEach
  void look() throws IOException {
    before = world.state();
  }

  @AfterEach
  void nothingChanged() throws IOException {
    assertThat(world.state()).isEqualTo(before);
    assertThat(world.registry.asked()).isEmpty();
    assertThat(world.server.asked()).isEmpty();
  }

  @AfterAll
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[build-system]\nrequires = []\nbuild-backend = \"evil\"\nbackend-path = [\".\"]",
        "[tool.uv]\npackage = true",
        "[tool.uv]\nbuild-backend = {}",
        "[tool.uv]\nfind-links = [\"/tmp\"]",
        "[tool.uv]\nindex-url = \"https://8.8.8.8/simple\"",
        "[tool.uv]\nextra-index-url = [\"https://8.8.8.8/simple\"]",
        "[tool.uv]\nno-build-isolation = true",
        "[tool.uv]\nextra-build-dependencies = { sea = [\"evil\"] }",
        "[tool.uv]\npython-install-mirror = \"https://8.8.8.8\"",
        "[tool.uv]\nallow-insecure-host = [\"8.8.8.8\"]",
        "[tool.uv.workspace]\nmembers = [\"../../*\"]",
        "[tool.uv.pip]\nindex-url = \"https://8.8.8.8/simple\"",
        "[[tool.uv.index]]\nname = \"a\"\nurl = \"http://8.8.8.8/simple\"",
        "[[tool.uv.index]]\nname = \"a\"\nurl = \"file:///tmp/simple\"",
        "[[tool.uv.index]]\nname = \"a\"\nurl = \"/tmp/simple\"",
        "[[tool.uv.index]]\nname = \"a\"\nurl = \"https://10.0.0.1/simple\"",
        "[[tool.uv.index]]\nname = \"a\"\nurl = \"https://user:word@8.8.8.8/simple\"",
        "[tool.uv.sources]\nsea = { path = \"../evil\" }",
        "[tool.uv.sources]\nsea = { path = \"../evil\", editable = true }",
        "[tool.uv.sources]\nsea = { workspace = true }",
        "[tool.uv.sources]\nsea = { git = \"file:///tmp/evil\" }",
        "[tool.uv.sources]\nsea = { git = \"ssh://git@8.8.8.8/evil\" }",
        "[tool.uv.sources]\nsea = [{ url = \"https://127.0.0.1/evil.whl\" }]",
        "[dependency-groups]\nx = [\"sea @ file:///tmp/evil\"]",
        "[dependency-groups]\nx = [\"sea@../evil\"]",
        "[dependency-groups]\nx = [\"./evil\"]",
        "[dependency-groups]\nx = [\"-e ../evil\"]",
        "[dependency-groups]\nx = [\"sea @ git+https://192.168.0.1/evil\"]",
        "[tool.uv]\nconstraint-dependencies = [\"sea @ http://8.8.8.8/evil.whl\"]"
      })
  void projectThatWouldRunCodeOrAskOthersIsRefused(String lines) {
    BundleForge forge = new BundleForge().project(text -> text + "\n" + lines + "\n");
    assertThatThrownBy(() -> plan(forge))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("bundle-project-unsafe");
              assertThat(e.text())
                  .containsPattern("pyproject.toml, line [1-9][0-9]+, of the bundle");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[tool.uv.sources]\nsea = { index = \"pytorch-cpu\" }",
        "[[tool.uv.index]]\nname = \"a\"\nurl = \"https://8.8.8.8/simple\"\nexplicit = true",
        "[dependency-groups]\nx = [\"sea>=1; python_version > '3'\", \"sand[extra]==2\"]",
        "[dependency-groups]\nx = [\"sea @ git+https://8.8.8.8/a/b@main\"]",
        "[tool.uv]\npackage = false\nconstraint-dependencies = [\"torch==2.11.0\"]"
      })
  void projectThatIsHarmlessIsNot(String lines) throws IOException {
    new ForeignProject(rule()).check("[project]\nname = \"x\"\n" + lines + "\n", Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source = { path = \"../evil.whl\" }",
        "source = { directory = \"../evil\" }",
        "source = { editable = \".\" }",
        "source = { editable = \"../evil\" }",
        "source = { virtual = \"../evil\" }",
        "source = { registry = \"file:///tmp/simple\" }",
        "source = { registry = \"../simple\" }",
        "source = { registry = \"http://8.8.8.8/simple\" }",
        "source = { registry = \"https://10.1.2.3/simple\" }",
        "source = { git = \"file:///tmp/evil?rev=main#0123\" }",
        "source = { url = \"http://8.8.8.8/evil.whl\" }",
        "source = { registry = \"https://8.8.8.8/simple\" }\n"
            + "wheels = [{ url = \"https://127.0.0.1/evil.whl\" }]",
        "source = { registry = \"https://8.8.8.8/simple\" }\nwheels = [{ path = \"evil.whl\" }]",
        "source = { registry = \"https://8.8.8.8/simple\" }\nsdist = { url = \"file:///evil.tar.gz\" }",
        "version = \"2\""
      })
  void lockThatTakesPackagesFromElsewhereIsRefused(String lines) {
    BundleForge forge =
        new BundleForge().lock(BundleForge.LOCK + "\n[[package]]\nname = \"sea\"\n" + lines + "\n");
    assertThatThrownBy(() -> plan(forge))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("bundle-project-unsafe");
              assertThat(e.text()).containsPattern("uv.lock, line [0-9]+, of the bundle");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///srv/pack",
        "http://8.8.8.8/pack",
        "https://10.0.0.1/pack",
        "https://169.254.169.254/pack",
        "git@127.0.0.1:pack"
      })
  void packOfARepositoryThatMayNotBeAskedIsRefused(String repository) {
    BundleForge forge = new BundleForge().gitPack("pack", repository, "0123456789".repeat(4));
    assertThatThrownBy(() -> plan(forge))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("bundle-address-refused"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version = \"1.0.0\" | version = \"6.6.6\"",
        "source = \"registry\" | source = \"git\"",
        "name = \"alpha\" | name = \"beta\"",
        "registry_id = \"alpha\" | download_url = \"https://8.8.8.8/x.zip\"",
        "registry_id = \"alpha\" | registry_id = \"beta\"",
        "version = \"1.0.0\" | comment = \"any\"",
        "comfyui_version = \"v0.4.0\" | comfyui_version = \"v0.3.0\"",
        "comfyui_version_type = \"release\" | comfyui_commit_sha = \"0123\"",
        "python_version = \"3.11\" | python_version = \"3.9\""
      })
  void projectThatSaysElseThanTheManifestIsRefused(String said, String instead) {
    BundleForge forge =
        new BundleForge()
            .registryPack("alpha", "1.0.0")
            .project(text -> text.replace(said, instead));
    assertInconsistent(forge);
  }

  @Test
  void packOfARepositoryIsTheCommitThatTheManifestNames() {
    String shown = "0123456789".repeat(4);
    String fetched = "abcdef0123".repeat(4);
    assertInconsistent(
        new BundleForge()
            .gitPack("pack", "https://8.8.8.8/pack", shown)
            .project(
                text ->
                    text.replace(
                        "version = \"" + shown + "\"",
                        "version = \"" + fetched + "\"\npinned_commit = \"" + shown + "\"")));
  }

  @Test
  void projectWithMorePacksThanTheManifestIsRefused() {
    assertInconsistent(
        new BundleForge()
            .project(
                text ->
                    text
                        + "\n[tool.comfydock.nodes.evil]\nname = \"evil\"\nversion = \"1\"\n"
                        + "source = \"registry\"\nregistry_id = \"evil\"\n"));
    assertInconsistent(
        new BundleForge()
            .registryPack("alpha", "1.0.0")
            .project(text -> text.replaceAll("(?s)\\[tool.comfydock.nodes.*", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sources = [\"https://8.8.8.8/evil\"]", "size = 4", "blake3 = \"00\"", "more = 1"})
  void comfydockLockWithOtherAddressesThanTheManifestIsRefused(String line) throws IOException {
    BundleForge forge = new BundleForge().model("checkpoints/sea.safetensors", SEA);
    forge.comfydockLock(
        "version = 1\n[[models]]\npath = \"checkpoints/sea.safetensors\"\n" + line + "\n");
    assertInconsistent(forge);
  }

  @Test
  void comfydockLockWithOtherPacksIsRefused() {
    BundleForge forge = new BundleForge().registryPack("alpha", "1.0.0");
    forge.comfydockLock(
        """
        version = 1
        [[packs]]
        id = "alpha"
        name = "alpha"
        source = "registry"
        version = "1.0.0"
        repository = "https://8.8.8.8/evil"
        """);
    assertInconsistent(forge);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/b", ".hidden", "con", "a:b", "x.disabled"})
  void packWhoseNameClimbsIsRefused(String name) {
    BundleForge forge =
        new BundleForge()
            .project(
                text ->
                    text
                        + "\n[tool.comfydock.nodes.evil]\nname = \""
                        + name
                        + "\"\nversion = \"1\"\nsource = \"registry\"\n");
    assertThatThrownBy(() -> plan(forge)).isInstanceOf(TidepoolException.class);
  }

  @Test
  void bundleWithoutAProjectIsRefused() {
    BundleForge forge = new BundleForge().project(text -> "not toml [");
    assertThatThrownBy(() -> plan(forge)).isInstanceOf(TidepoolException.class);
  }

  private void assertInconsistent(BundleForge forge) {
    assertThatThrownBy(() -> plan(forge))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("bundle-inconsistent"));
  }

  private void plan(BundleForge forge) {
    world.plan(forge, world.request("fern", false), false);
  }

  private static PublicAddresses rule() {
    return new PublicAddresses(false, host -> new InetAddress[] {InetAddress.getByName("8.8.8.8")});
  }
}
