package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.importing.BundleForge;
import dev.tidepool.python.TestTools;
import dev.tidepool.store.S3Server;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that go to a store in one workspace, and come from there in another. */
class StoreCommandsTest {
  private static final byte[] SAND = "the weights of sand".getBytes(StandardCharsets.UTF_8);
  private static final String ADDRESS = "s3://bundles/studio/fern_bundle.tar.gz";

  @TempDir Path folder;
  private S3Server server;

  @BeforeEach
  void make() throws IOException {
    server = new S3Server(folder.resolve("s3"));
    FakeComfyUi.write(folder.resolve("ComfyUI"), "0.4.0");
    new BundleForge()
        .model("checkpoints/sand.safetensors", SAND)
        .workflow("beach", "sand.safetensors")
        .developmentPack("my-nodes", "x = 1\n")
        .write(folder.resolve("beach_bundle.tar.gz"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatIsPushedInOneWorkspaceIsImportedInAnother() throws IOException {
    Session here = session("here");
    here.run("import beach_bundle.tar.gz --name fern --comfyui ComfyUI");
    String line = "export --all -e fern --with-models --offline --push s3://bundles/studio/";
    Session.Run pushed = here.run(line);
    assertThat(pushed.err()).anyMatch(text -> text.startsWith("Sent "));
    assertThat(pushed.out()).containsExactly("HERE/fern_bundle.tar.gz", ADDRESS);
    assertThat(pushed.exitCode()).isZero();
    assertThat(server.object("studio/fern_bundle.tar.gz"))
        .isEqualTo(Files.readAllBytes(folder.resolve("fern_bundle.tar.gz")));

    Session.Run again = here.run(line + " --json");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out().get(0))
        .contains("\"pushed\":{\"address\":\"" + ADDRESS + "\"", "\"sentBytes\":0");

    Session there = session("there");
    assertThat(there.run("import", ADDRESS, "--name", "nah").err())
        .anyMatch(text -> text.contains("--allow-private"));
    assertThat(there.run("bundle", "inspect", ADDRESS, "--allow-private").out())
        .anyMatch(text -> text.startsWith("model") && text.contains("sand.safetensors"));
    Session.Run planned = there.run("import", ADDRESS, "--dry-run", "--allow-private");
    assertThat(planned.out()).anyMatch(text -> text.startsWith("A new environment fern"));
    Path arrivals = folder.resolve("there/comfydock_cache/arrivals");
    assertThat(arrivals).isDirectoryRecursivelyContaining("glob:**/fern_bundle.tar.gz");
    Session.Run imported =
        there.run("import", ADDRESS, "--name", "nah", "--comfyui", "ComfyUI", "--allow-private");
    assertThat(imported.err()).contains("Imported into nah, as version v1.");
    assertThat(folder.resolve("there/models/checkpoints/sand.safetensors")).hasBinaryContent(SAND);
    assertThat(arrivals).isDirectoryNotContaining("glob:**/*.gz");
    Session.Run created =
        there.run("create", "neu", "--from", ADDRESS, "--comfyui", "ComfyUI", "--allow-private");
    assertThat(created.exitCode()).isZero();
    assertThat(secrets()).isEmpty();
  }

  @Test
  void otherBundleInTheStoreStaysUnlessForced() throws IOException {
    Session here = session("here");
    here.run("import beach_bundle.tar.gz --name fern --comfyui ComfyUI");
    here.run("export --all -e fern --offline --push s3://bundles/studio/");
    byte[] before = server.object("studio/fern_bundle.tar.gz");
    String line = "export --all -e fern --with-models --offline --push " + ADDRESS;
    assertThat(here.run(line).err()).anyMatch(text -> text.contains("There is a file"));
    Session.Run taken = here.run(line + " --output other.tar.gz");
    assertThat(taken.err()).anyMatch(text -> text.contains("Something else is in the store"));
    assertThat(server.object("studio/fern_bundle.tar.gz")).isEqualTo(before);
    assertThat(here.run(line + " --force").exitCode()).isZero();
    Session.Run each =
        here.run("export --all-environments --force --offline --push s3://bundles/all/ --json");
    assertThat(each.out().get(0)).contains("\"address\":\"s3://bundles/all/fern_bundle.tar.gz\"");
    assertThat(server.object("studio/fern_bundle.tar.gz")).isNotEqualTo(before);
  }

  @Test
  void fetchedBundleStaysWhenItsImportFailed() throws IOException {
    new BundleForge()
        .scriptedPack("bad", "raise SystemExit('no shells here')")
        .write(folder.resolve("bad.tar.gz"));
    server
        .inside()
        .putBlob(
            "bundles",
            server
                .inside()
                .blobBuilder("bad.tar.gz")
                .payload(Files.readAllBytes(folder.resolve("bad.tar.gz")))
                .build());
    Session there = session("there");
    Session.Run run =
        there.run(
            "import s3://bundles/bad.tar.gz --name bad --comfyui ComfyUI --allow-private"
                + " --run-install");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(folder.resolve("there/comfydock_cache/arrivals"))
        .isDirectoryRecursivelyContaining("glob:**/bad.tar.gz");
  }

  @Test
  void wrongAddressIsSaidBeforeAnythingIsExported() {
    Session here = session("here");
    here.run("import beach_bundle.tar.gz --name fern --comfyui ComfyUI");
    assertThat(here.run("export -e fern --offline --push ftp://x/").err())
        .anyMatch(text -> text.contains("neither https:// nor s3://"));
    assertThat(
            here.with("AWS_ENDPOINT_URL_S3", "").run("export -e fern --push s3://bundles/").err())
        .anyMatch(text -> text.contains("AWS_REGION"));
    assertThat(here.run("export --all-environments --push https://x/one.tar.gz").exitCode())
        .isEqualTo(2);
    assertThat(folder.resolve("fern_bundle.tar.gz")).doesNotExist();
  }

  /** Files of both workspaces that hold what opens the store. */
  private List<String> secrets() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String root : List.of("here", "there")) {
      try (Stream<Path> walk = Files.walk(folder.resolve(root))) {
        walk.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    assertThat(files).hasSizeGreaterThan(20);
    return files.stream().filter(StoreCommandsTest::holdsSecret).map(Path::toString).toList();
  }

  private static boolean holdsSecret(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return text.contains(S3Server.SECRET) || text.contains("X-Amz-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Session session(String workspace) {
    Session session = new Session(folder);
    for (Map.Entry<String, String> each : TestTools.environment().entrySet()) {
      session.with(each.getKey(), each.getValue());
    }
    server.variables().forEach(session::with);
    try {
      session.with(
          "PATH", TestTools.uvFolder() + File.pathSeparator + TestTools.environment().get("PATH"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return session
        .with("UV_CACHE_DIR", folder.resolve("uv_cache").toString())
        .with("TIDEPOOL_HOME", folder.resolve(workspace).toString());
  }
}
