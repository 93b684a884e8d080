package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.hash.Sha256;
import dev.tidepool.origin.OriginServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsSourceFindTest {
  private static final String CONTENT = "a small model\n";

  @TempDir Path folder;
  private OriginServer server;
  private OriginServer hub;
  private Session session;

  @BeforeEach
  void indexAModel() throws IOException {
    server = new OriginServer();
    hub = new OriginServer();
    Path file = folder.resolve("models/loras/wave.safetensors");
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, CONTENT);
    Files.createDirectories(folder.resolve("models/vae"));
    Files.writeString(folder.resolve("models/vae/rare.pt"), "nobody has this");
    session =
        new Session(folder)
            .with("TIDEPOOL_HOME", folder.resolve("home").toString())
            .with("TIDEPOOL_CIVITAI_URL", server.address())
            .with("TIDEPOOL_HUGGINGFACE_URL", hub.address());
    assertThat(session.run("models index models").exitCode()).isZero();
    server.civitai(
        Sha256.of(CONTENT),
        """
        {"files":[{"sizeKB":%s,"hashes":{"SHA256":"%s"},"downloadUrl":"%s/api/download/models/1"}]}
        """
            .formatted(CONTENT.length() / 1024.0, Sha256.of(CONTENT), server.address()));
  }

  @AfterEach
  void stop() {
    server.close();
    hub.close();
  }

  @Test
  void findsByContentAndKeepsTheAddress() {
    String url = server.address() + "/api/download/models/1";
    Session.Run run = session.run("models source find");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .anyMatch(line -> line.contains("wave.safetensors  content  " + url))
        .anyMatch(line -> line.matches("rare\\.pt +not found"));
    assertThat(run.err()).contains("Kept 1 address.");
    assertThat(session.run("models show models/loras/wave.safetensors").out())
        .contains("source  " + url, "sha256  " + Sha256.of(CONTENT));
    assertThat(session.run("models source find models/loras/wave.safetensors --json").out())
        .singleElement()
        .asString()
        .contains("\"proof\":\"content\",\"added\":false");
  }

  @Test
  void dryRunKeepsNothing() {
    assertThat(session.run("models source find models/loras/wave.safetensors --dry-run").exitCode())
        .isZero();
    assertThat(session.run("models show models/loras/wave.safetensors").out())
        .noneMatch(line -> line.startsWith("source"));
  }

  @Test
  void knownAddressThatIsNoLongerThereIsTold() {
    session.run(
        "models source add models/vae/rare.pt " + hub.address() + "/a/b/resolve/main/rare.pt");
    Session.Run run = session.run("models source find models/vae/rare.pt");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .anyMatch(line -> line.endsWith(": Hugging Face has no such file, or hides it."));
  }
}
