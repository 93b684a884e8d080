package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.download.FileServer;
import dev.tidepool.importing.BundleForge;
import dev.tidepool.io.Folders;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.TestTools;
import dev.tidepool.store.Nginx;
import dev.tidepool.store.Relay;
import dev.tidepool.store.S3Server;
import dev.tidepool.store.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole processes that send bundles to stores and get them from there: Ctrl-C, and TLS. */
class StoreProcessesTest {
  private static final String KEY = "studio/fern_bundle.tar.gz";
  private static final String PUSH = "export --all -e fern --with-models --offline --push ";

  @TempDir Path folder;
  private PackageIndex index;
  private byte[] model = new byte[0];

  @BeforeEach
  void make() throws IOException {
    index = FakeComfyUi.index();
    FakeComfyUi.write(folder.resolve("ComfyUI"), "0.4.0");
  }

  @AfterEach
  void close() {
    index.close();
  }

  private Path bundle(int mebibytes) throws IOException {
    model = new byte[mebibytes << 20];
    new Random(11).nextBytes(model);
    return new BundleForge()
        .model("checkpoints/sand.safetensors", model)
        .workflow("beach", "sand.safetensors")
        .write(folder.resolve("beach_bundle.tar.gz"));
  }

  @Test
  void ctrlCStopsAPushAndTheNextOneGoesOn() throws Exception {
    bundle(40);
    done(Map.of(), "import beach_bundle.tar.gz --name fern --comfyui ComfyUI");
    try (S3Server server = new S3Server(folder.resolve("s3"));
        Relay relay = new Relay(server.port())) {
      Map<String, String> keys = S3Server.variables(relay.port());
      relay.holdAfterUp(38 << 20);
      String said = stopped(relay, keys, PUSH + "s3://bundles/studio/");
      assertThat(said)
          .contains("error: Stopped before it was done: send the parts of fern_bundle.tar.gz.")
          .contains("hint: The same command goes on from where it stopped.")
          .contains("aws s3api abort-multipart-upload")
          .doesNotContain("\tat ");
      assertThat(server.inside().blobExists("bundles", KEY)).isFalse();

      relay.restart();
      done(keys, PUSH + "s3://bundles/studio/");
      assertThat(relay.up()).isBetween(8L << 20, 34L << 20);
      assertThat(server.object(KEY))
          .isEqualTo(Files.readAllBytes(folder.resolve("fern_bundle.tar.gz")));
    }
  }

  @Test
  void ctrlCStopsAFetchFromS3AndTheNextOneGoesOn() throws Exception {
    try (S3Server server = new S3Server(folder.resolve("s3"));
        Relay relay = new Relay(server.port())) {
      byte[] bundle = Files.readAllBytes(bundle(20));
      server.inside().putBlob("bundles", server.inside().blobBuilder(KEY).payload(bundle).build());
      interrupted(relay, S3Server.variables(relay.port()), "s3://bundles/" + KEY);
    }
  }

  @Test
  void ctrlCStopsAFetchFromAWebServerAndTheNextOneGoesOn() throws Exception {
    try (FileServer server = new FileServer()) {
      URI uri = server.file("/fern.tar.gz", Files.readAllBytes(bundle(20)));
      try (Relay relay = new Relay(uri.getPort())) {
        interrupted(relay, Map.of(), "http://127.0.0.1:" + relay.port() + "/fern.tar.gz");
      }
    }
  }

  private void interrupted(Relay relay, Map<String, String> variables, String address)
      throws Exception {
    String line = "import " + address + " --name fern --comfyui ComfyUI --allow-private";
    relay.holdAfterDown(12 << 20);
    assertThat(stopped(relay, variables, line))
        .contains("error: Stopped before the bundle was fetched.")
        .contains("hint: The same command goes on from where it stopped.")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("home/environments")).doesNotExist();

    relay.restart();
    done(variables, line);
    assertThat(relay.down()).isBetween(8L << 20, 13L << 20);
    assertThat(folder.resolve("home/models/checkpoints/sand.safetensors")).hasBinaryContent(model);
    Path arrivals = folder.resolve("home/comfydock_cache/arrivals");
    assertThat(Folders.children(arrivals)).hasSize(1);
    assertThat(Folders.children(arrivals).get(0)).isDirectoryNotContaining("glob:**/fern*");
  }

  @Test
  void storeWithTlsIsUsedOnlyWhenItsCertificateIsTrusted() throws Exception {
    bundle(1);
    TestCertificate certificate = TestCertificate.in(folder.resolve("certificate"));
    done(Map.of(), "import beach_bundle.tar.gz --name fern --comfyui ComfyUI");
    try (Nginx nginx = new Nginx(folder.resolve("nginx"), certificate)) {
      Map<String, String> token = Map.of("TIDEPOOL_TOKENS", "127.0.0.1=" + Nginx.TOKEN);
      String store = "https://127.0.0.1:" + nginx.port() + "/in/";
      String bundle = store + "fern_bundle.tar.gz";
      for (String line : List.of(PUSH + store, "import " + bundle + " --allow-private")) {
        try (TidepoolProcess process = process(List.of(), token, line)) {
          assertThat(process.restOfErr())
              .contains(
                  "the certificate of 127.0.0.1 is signed by nobody whom this Java trusts.",
                  "keytool -importcert -cacerts -alias 127.0.0.1 -file CERTIFICATE.pem")
              .doesNotContain(Nginx.TOKEN);
          assertThat(process.exitCode()).isEqualTo(ExitCode.FAILURE);
        }
      }
      assertThat(nginx.log()).isEmpty();

      done(certificate.options(), token, PUSH + store);
      assertThat(nginx.file("/in/fern_bundle.tar.gz"))
          .hasSameBinaryContentAs(folder.resolve("fern_bundle.tar.gz"));
      done(
          certificate.options(),
          token,
          "import " + bundle + " --name moss --comfyui ComfyUI --allow-private");
      assertThat(folder.resolve("home/environments/moss/.cec/.complete")).exists();
    }
  }

  /** What a command says that gets Ctrl-C once nothing comes any more. */
  private String stopped(Relay relay, Map<String, String> variables, String line) throws Exception {
    try (TidepoolProcess process = process(List.of(), variables, line)) {
      relay.awaitStop();
      process.interrupt();
      String said = process.restOfErr();
      assertThat(process.exitCode()).isEqualTo(ExitCode.STOPPED);
      return said;
    }
  }

  private void done(Map<String, String> variables, String line) throws Exception {
    done(List.of(), variables, line);
  }

  private void done(List<String> options, Map<String, String> variables, String line)
      throws Exception {
    try (TidepoolProcess process = process(options, variables, line)) {
      String said = process.restOfErr();
      assertThat(process.exitCode()).as(said).isZero();
    }
  }

  private TidepoolProcess process(List<String> options, Map<String, String> variables, String line)
      throws IOException {
    Map<String, String> all = new HashMap<>(variables);
    all.put("UV_DEFAULT_INDEX", index.address());
    return new TidepoolProcess(
        options, all, folder, TestTools.uvFolder(), (line + " --no-interactive").split(" "));
  }
}
