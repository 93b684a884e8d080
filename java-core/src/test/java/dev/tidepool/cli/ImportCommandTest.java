package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.importing.BundleForge;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.TestTools;
import dev.tidepool.version.Graphs;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final byte[] SAND = "the weights of sand".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void make() throws IOException {
    home = folder.resolve("hö me");
    FakeComfyUi.write(folder.resolve("ComfyUI"), "0.4.0");
    new BundleForge()
        .model("checkpoints/sand.safetensors", SAND)
        .workflow("beach", "sand.safetensors")
        .developmentPack("my-nodes", "x = 1\n")
        .write(folder.resolve("beach_bundle.tar.gz"));
  }

  @Test
  void dryRunShowsThePlanAndMakesNothing() throws IOException {
    Session.Run run = session().run("import beach_bundle.tar.gz --name fern --dry-run");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsExactly(
            "A new environment fern, with ComfyUI v0.4.0 and Python 3.11:",
            "  workflows: beach.json",
            "  pack   my-nodes dev: its source is in the bundle",
            "  model  checkpoints/sand.safetensors, 19 B: is in the bundle");
    assertThat(home.resolve("environments")).doesNotExist();
    assertThat(home.resolve("models")).doesNotExist();
  }

  @Test
  void planIsDataToo() {
    Session.Run run = session().run("import beach_bundle.tar.gz --dry-run --json");
    assertThat(run.out())
        .singleElement()
        .asString()
        .startsWith("{\"environment\":\"far-away\",\"exists\":false,\"comfyui_version\":\"v0.4.0\"")
        .contains("\"packs\":[{\"id\":\"my-nodes\"", "\"state\":\"bundled\"")
        .doesNotContain("\"version\":\"v1\"");
  }

  @Test
  void importMakesAnEnvironmentAndSaysWhatIsThere() throws IOException {
    Session.Run run = session().run("import beach_bundle.tar.gz --name fern --comfyui ComfyUI");
    assertThat(run.err()).contains("Imported into fern, as version v1.");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "  there    checkpoints/sand.safetensors (HERE/hö me/models/checkpoints/sand.safetensors)");
    assertThat(session().run("list").out()).anyMatch(line -> line.startsWith("*  fern"));
    assertThat(home.resolve("environments/fern/.cec/workflows/beach.json"))
        .hasContent(Graphs.text("sand.safetensors", 1));
    assertThat(session().run("status -e fern").exitCode()).isZero();
    assertThat(session().run("import beach_bundle.tar.gz --name fern").err())
        .anyMatch(line -> line.contains("There is an environment named \"fern\" already"));
    Path live = home.resolve("environments/fern/ComfyUI/user/default/workflows/beach.json");
    Files.writeString(live, Graphs.text("other.safetensors", 5));
    Session.Run refused = session().run("import beach_bundle.tar.gz --env fern --no-interactive");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("hint: The environment has another workflow beach.json.");
    assertThat(live).hasContent(Graphs.text("other.safetensors", 5));
    Session.Run chosen = session().typing("9\n3\n").run("import beach_bundle.tar.gz --env fern");
    assertThat(chosen.exitCode()).isZero();
    assertThat(live).hasContent(Graphs.text("other.safetensors", 5));
    assertThat(live.resolveSibling("beach (2).json"))
        .hasContent(Graphs.text("sand.safetensors", 1));
  }

  @Test
  void whatIsExportedIsImportedAsItWas() throws IOException {
    session().run("import beach_bundle.tar.gz --name fern --comfyui ComfyUI");
    Session.Run exported =
        session().run("export --all -e fern --with-models --offline --no-interactive");
    assertThat(exported.exitCode()).isZero();
    Path bundle =
        Path.of(exported.out().get(exported.out().size() - 1).replace("HERE", folder.toString()));
    Path model = home.resolve("models/checkpoints/sand.safetensors");
    Files.move(model, home.resolve("models/checkpoints/kept.txt"));
    Session.Run run =
        session().run("import", bundle.toString(), "--name", "nah", "--comfyui", "ComfyUI");
    assertThat(run.err()).contains("Imported into nah, as version v1.");
    assertThat(run.exitCode()).isZero();
    assertThat(model).hasBinaryContent(SAND);
    for (String part : new String[] {".cec/workflows/beach.json", ".cec/uv.lock"}) {
      assertThat(home.resolve("environments/nah").resolve(part))
          .hasSameBinaryContentAs(home.resolve("environments/fern").resolve(part));
    }
    assertThat(home.resolve("environments/nah/ComfyUI/custom_nodes/my-nodes/__init__.py"))
        .hasContent("x = 1");
    assertThat(session().run("status -e nah").out()).contains("Nothing to commit.");
  }

  @Test
  void scriptsOfPacksRunOnlyWhenAllowed() throws IOException {
    new BundleForge()
        .scriptedPack("good", "import sys; open('ran.txt', 'w').write(sys.prefix)")
        .scriptedPack("bad", "raise SystemExit('no shells here')")
        .write(folder.resolve("scripts.tar.gz"));
    Path packs = home.resolve("environments/fern/ComfyUI/custom_nodes");

    Session.Run left = session().run("import scripts.tar.gz --name fern --comfyui ComfyUI");
    assertThat(left.exitCode()).isZero();
    assertThat(left.out())
        .anyMatch(line -> line.contains("good has an install script, which was not run"));
    assertThat(packs.resolve("good/ran.txt")).doesNotExist();

    Session.Run ran = session().run("import scripts.tar.gz --env fern --run-install");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(packs.resolve("good/ran.txt"))
        .content()
        .isEqualTo(home.resolve("environments/fern/.venv").toString());
    assertThat(ran.out()).anyMatch(line -> line.contains("install.py of bad failed"));
    assertThat(session().run("status -e fern").exitCode()).isZero();
  }

  @Test
  void packagesAreBuiltOnlyWhenAllowed() throws IOException {
    Path ran = folder.resolve("ran");
    try (PackageIndex index = new PackageIndex().file("evil-1.0.tar.gz", source(ran))) {
      new BundleForge()
          .developmentPack("my-nodes", "x = 1\n", "evil==1.0")
          .write(folder.resolve("source.tar.gz"));
      String line = "import source.tar.gz --name fern --comfyui ComfyUI";

      Session.Run refused = session().with("UV_DEFAULT_INDEX", index.address()).run(line);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).anyMatch(text -> text.contains("--run-install"));
      assertThat(ran).doesNotExist();

      Session.Run allowed =
          session().with("UV_DEFAULT_INDEX", index.address()).run(line + " --run-install");
      assertThat(allowed.exitCode()).isZero();
      assertThat(ran).exists();
    }
  }

  /** A Python package as source, whose build leaves a mark. */
  private static byte[] source(Path ran) throws IOException {
    String project =
        "[build-system]\nrequires = []\nbuild-backend = \"backend\"\nbackend-path = [\".\"]\n";
    String backend =
        """
        import zipfile
        open(%s, "w").close()
        def build_wheel(folder, settings=None, metadata=None):
            name = "evil-1.0-py3-none-any.whl"
            with zipfile.ZipFile(folder + "/" + name, "w") as wheel:
                about = "evil-1.0.dist-info/"
                wheel.writestr(about + "METADATA", "Metadata-Version: 2.1\\nName: evil\\nVersion: 1.0\\n")
                wheel.writestr(about + "WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
                wheel.writestr(about + "RECORD", "")
            return name
        """
            .formatted("'" + ran + "'");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (Map.Entry<String, String> file :
          Map.of("pyproject.toml", project, "backend.py", backend).entrySet()) {
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry("evil-1.0/" + file.getKey());
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void createFromABundleIsAnImport() throws IOException {
    Session.Run run =
        session().run("create neu --from beach_bundle.tar.gz --comfyui ComfyUI --json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .singleElement()
        .asString()
        .contains("\"environment\":\"neu\"", "\"version\":\"v1\"", "\"whole\":true");
    assertThat(home.resolve("environments/neu/ComfyUI/custom_nodes/my-nodes")).isDirectory();
  }

  @Test
  void bundleThatNobodySignedIsRefusedWhenAKeyIsNamed() {
    String key = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
    Session.Run run = session().run("import", "beach_bundle.tar.gz", "--verify", key);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).anyMatch(line -> line.contains("not signed"));
  }

  @Test
  void wrongUseIsSaid() {
    assertThat(session().run("import beach_bundle.tar.gz --name a --env b").exitCode())
        .isEqualTo(2);
    assertThat(session().run("create a --from beach_bundle.tar.gz --python 3.12").exitCode())
        .isEqualTo(2);
    assertThat(session().run("create a --skip-models").exitCode()).isEqualTo(2);
    assertThat(session().run("create a --verify key").exitCode()).isEqualTo(2);
    assertThat(session().run("import nowhere.tar.gz").err())
        .contains("error: There is no bundle HERE/nowhere.tar.gz.");
  }

  private Session session() {
    Session session = new Session(folder);
    for (Map.Entry<String, String> each : TestTools.environment().entrySet()) {
      session.with(each.getKey(), each.getValue());
    }
    try {
      session.with(
          "PATH", TestTools.uvFolder() + File.pathSeparator + TestTools.environment().get("PATH"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return session
        .with("UV_CACHE_DIR", folder.resolve("uv_cache").toString())
        .with("TIDEPOOL_HOME", home.toString());
  }
}
