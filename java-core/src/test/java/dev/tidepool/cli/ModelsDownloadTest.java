package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.download.FileServer;
import dev.tidepool.importing.BundleForge;
import dev.tidepool.python.TestTools;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsDownloadTest {
  private static final byte[] SAND = "the weights of sand".getBytes(StandardCharsets.UTF_8);
  private static final byte[] WOOD = "the weights of wood".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private FileServer server;

  @BeforeEach
  void make() throws IOException {
    server = new FileServer();
    FakeComfyUi.write(folder.resolve("ComfyUI"), "0.4.0");
    new BundleForge()
        .model("checkpoints/sand.safetensors", SAND, server.file("/sand", SAND))
        .workflow("beach", "sand.safetensors")
        .write(folder.resolve("beach.tar.gz"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void whatAnImportCouldNotGetComesLaterAndIsInTheIndex() throws IOException {
    server.fault("/sand", FileServer.Fault.status(404), FileServer.Fault.status(404));
    Session.Run imported = imported();
    assertThat(imported.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(imported.out()).anyMatch(line -> line.contains("tidepool models download"));
    assertThat(session().run("models download --dry-run").out())
        .containsExactly("waiting HERE/home/models/checkpoints/sand.safetensors, 19 B");
    Session.Run refused = session().run("models download");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(refused.out())
        .singleElement()
        .asString()
        .startsWith("failed")
        .contains("not encrypted");
    Session.Run failed = session().run("models download --allow-private");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILURE);

    Session.Run run = session().run("models download --allow-private --json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsExactly(
            "{\"models\":[{\"file\":\"HERE/home/models/checkpoints/sand.safetensors\",\"size\":19,"
                + "\"state\":\"there\",\"reason\":null}]}");
    assertThat(folder.resolve("home/models/checkpoints/sand.safetensors")).hasBinaryContent(SAND);
    assertThat(session().run("models list").out()).anyMatch(line -> line.contains("sand"));
    assertThat(session().run("models download").err()).contains("No model waits to be downloaded.");
  }

  @Test
  void statusSaysHowManyWaitAndNothingOnceNoneDoes() throws IOException {
    server.fault("/sand", FileServer.Fault.status(404));
    imported();
    assertThat(session().run("status -e fern").out())
        .contains("Downloads: 1 model of the workspace waits; tidepool models download gets it");
    assertThat(session().run("status -e fern --json").out().get(0)).contains("\"waitingModels\":1");
    session().run("models download --allow-private");
    assertThat(session().run("status -e fern").out())
        .noneMatch(line -> line.startsWith("Downloads"));
    assertThat(session().run("status -e fern --json").out().get(0)).contains("\"waitingModels\":0");
  }

  @Test
  void whatWaitsCanBeForgotten() throws IOException {
    server.fault("/sand", FileServer.Fault.status(404));
    imported();
    assertThat(session().run("models download --forget").err()).contains("Nothing waits any more.");
    assertThat(session().run("models download --dry-run").out()).isEmpty();
    assertThat(server.asked()).containsExactly("/sand");
  }

  @Test
  void oneFileCanBeForgottenWhileAnotherWaitsOn() throws IOException {
    new BundleForge()
        .model("checkpoints/sand.safetensors", SAND, server.file("/sand", SAND))
        .model("loras/wood.safetensors", WOOD, server.file("/wood", WOOD))
        .workflow("beach", "sand.safetensors")
        .write(folder.resolve("beach.tar.gz"));
    server.fault("/sand", FileServer.Fault.status(404));
    server.fault("/wood", FileServer.Fault.status(404));
    imported();
    Session.Run unknown = session().run("models download home/models/loras/other.safetensors");
    assertThat(unknown.exitCode()).isNotZero();
    assertThat(unknown.err()).anyMatch(line -> line.contains("does not wait"));
    assertThat(session().run("models download --forget home/models/loras/wood.safetensors").err())
        .contains("The others wait on: 1.");
    assertThat(session().run("models download --dry-run").out())
        .containsExactly("waiting HERE/home/models/checkpoints/sand.safetensors, 19 B");
  }

  @Test
  void whatTheNextImportFindsHereWaitsNoMore() throws IOException {
    server.fault("/sand", FileServer.Fault.status(404));
    imported();
    Files.createDirectories(folder.resolve("home/models/checkpoints"));
    Files.write(folder.resolve("home/models/checkpoints/mine.safetensors"), SAND);
    session().run("models index home/models");
    assertThat(imported("moss").exitCode()).isZero();
    assertThat(session().run("models download").err()).contains("No model waits to be downloaded.");
    assertThat(server.asked()).containsExactly("/sand");
  }

  private Session.Run imported() throws IOException {
    return imported("fern");
  }

  private Session.Run imported(String name) throws IOException {
    return session()
        .run(
            "import beach.tar.gz --name "
                + name
                + " --comfyui ComfyUI --allow-private --no-interactive");
  }

  private Session session() throws IOException {
    Session session = new Session(folder);
    TestTools.environment().forEach(session::with);
    return session
        .with("PATH", TestTools.uvFolder() + File.pathSeparator + System.getenv("PATH"))
        .with("UV_CACHE_DIR", folder.resolve("uv_cache").toString())
        .with("TIDEPOOL_HOME", folder.resolve("home").toString());
  }
}
