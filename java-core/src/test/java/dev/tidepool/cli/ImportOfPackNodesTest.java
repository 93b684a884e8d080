package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.importing.BundleForge;
import dev.tidepool.loader.TinyComfyUi;
import dev.tidepool.python.TestTools;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles whose workflows load models with nodes that only their packs bring. */
class ImportOfPackNodesTest {
  private static final byte[] SEA = "the weights of the sea".getBytes(StandardCharsets.UTF_8);
  private static final String IMPORT =
      "import sea.tar.gz --name fern --comfyui ComfyUI --no-interactive";

  @TempDir Path folder;

  @BeforeEach
  void make() throws IOException {
    TinyComfyUi.in(Files.createDirectory(folder.resolve("ComfyUI")));
    Path here = folder.resolve("home/models/GGUF.Models/mine/Meer.gguf");
    Files.createDirectories(here.resolveSibling(""));
    Files.write(here, SEA);
    assertThat(session().run("models index home/models").exitCode()).isZero();
    new BundleForge()
        .model("GGUF.Models/far/sea.gguf", SEA)
        .workflow("portrait", "none.safetensors")
        .workflowFile("portrait", TinyComfyUi.workflow("far/sea.gguf"))
        .developmentPack("pack", "")
        .write(folder.resolve("sea.tar.gz"));
  }

  @Test
  void modelOfAPackNodeIsNamedAsItIsHere() throws IOException {
    Session.Run run = session().run(IMPORT + " --run-install");
    assertThat(run.exitCode()).as("%s", run.err()).isZero();
    assertThat(run.err()).contains("Imported into fern, as version v2.");
    assertThat(live()).isEqualTo(TinyComfyUi.workflow("mine/Meer.gguf"));
    assertThat(folder.resolve("home/environments/fern/.cec/workflows/portrait.json"))
        .hasContent(TinyComfyUi.workflow("mine/Meer.gguf"));
    assertThat(session().run("status -e fern").exitCode()).isZero();
    Session.Run again = session().run("import sea.tar.gz --env fern --no-interactive");
    assertThat(again.exitCode()).as("%s", again.err()).isZero();
    assertThat(again.err()).contains("Imported into fern.");
    assertThat(live()).isEqualTo(TinyComfyUi.workflow("mine/Meer.gguf"));
  }

  @Test
  void packsDoNotRunUnlessThatIsAllowed() throws IOException {
    Session.Run run = session().run(IMPORT);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .anyMatch(
            line ->
                line.contains("far/sea.gguf was not looked at") && line.contains("--run-install"));
    assertThat(runs()).doesNotExist();
    assertThat(live()).isEqualTo(TinyComfyUi.workflow("far/sea.gguf"));

    Session.Run allowed =
        session().run("import sea.tar.gz --env fern --run-install --no-interactive");
    assertThat(allowed.exitCode()).as("%s", allowed.err()).isZero();
    assertThat(runs()).exists();
    assertThat(live()).isEqualTo(TinyComfyUi.workflow("mine/Meer.gguf"));
  }

  @Test
  void importGoesOnWhenComfyUiCannotTell() throws IOException {
    Files.writeString(folder.resolve("ComfyUI/nodes.py"), "import is_missing\n");
    Session.Run run = session().run(IMPORT + " --run-install");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .anyMatch(line -> line.contains("was not looked at") && line.contains("is_missing"));
    assertThat(live()).isEqualTo(TinyComfyUi.workflow("far/sea.gguf"));
  }

  private String live() throws IOException {
    return Files.readString(
        folder.resolve("home/environments/fern/ComfyUI/user/default/workflows/portrait.json"));
  }

  private Path runs() {
    return folder.resolve("runs.txt");
  }

  private Session session() throws IOException {
    Session session = new Session(folder);
    TestTools.environment().forEach(session::with);
    return session
        .with("PATH", TestTools.uvFolder() + File.pathSeparator + System.getenv("PATH"))
        .with("UV_CACHE_DIR", folder.resolve("uv_cache").toString())
        .with("TEST_RUNS", runs().toString())
        .with("TIDEPOOL_HOME", folder.resolve("home").toString());
  }
}
