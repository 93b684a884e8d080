package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.hash.Sha256;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.origin.OriginServer;
import dev.tidepool.version.Graphs;
import dev.tidepool.version.VersionWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about bundles, on an environment without a Python. */
class ExportCommandsTest {
  @TempDir Path folder;
  private Path here;
  private VersionWorld world;
  private OriginServer civitai;

  @BeforeEach
  void prepare() throws IOException {
    civitai = new OriginServer();
    here = Files.createDirectories(folder.resolve("here"));
    world = VersionWorld.in(folder);
    world.model("checkpoints/sd.safetensors");
    world.save("portrait", Graphs.text("sd.safetensors", 1));
    world.record("far", NodeEntry.git("Far", "https://github.com/anna/far", "0123456789"));
  }

  @AfterEach
  void stop() {
    civitai.close();
  }

  private Session session() {
    return new Session(here)
        .with("TIDEPOOL_HOME", world.folder.toString())
        .with("TIDEPOOL_CIVITAI_URL", civitai.address())
        .with("TIDEPOOL_HUGGINGFACE_URL", civitai.address());
  }

  private Session.Run run(String line) {
    return session().run(line);
  }

  @Test
  void exportSaysWhatIsInTheBundleAndWhatIsNot() {
    Session.Run run = run("export portrait");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsExactly("HERE/portrait_bundle.tar.gz");
    assertThat(run.err())
        .contains("without an address: checkpoints/sd.safetensors")
        .anyMatch(line -> line.startsWith("Exported 1 workflow, no node packs, 1 model: "))
        .anyMatch(line -> line.startsWith("hint: tidepool models source add"));
    assertThat(here.resolve("portrait_bundle.tar.gz")).exists();
  }

  @Test
  void exportWithoutNamesIsTheWholeEnvironment() {
    Session.Run run = run("export --json");
    assertThat(run.out().get(0))
        .startsWith("{\"file\":\"HERE/studio_bundle.tar.gz\",\"bytes\":")
        .contains("\"environment\":{\"name\":\"studio\",\"version\":\"v1\"")
        .contains("\"packs\":[{\"id\":\"far\",\"name\":\"Far\",\"source\":\"git\"")
        .contains("\"withoutAddress\":[\"checkpoints/sd.safetensors\"]");
  }

  @Test
  void exportReplacesNothingUnlessItIsTold() throws IOException {
    Path file = Files.writeString(here.resolve("portrait_bundle.tar.gz"), "mine");
    Session.Run run = run("export portrait");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().get(0)).contains("There is a file HERE/portrait_bundle.tar.gz already.");
    assertThat(file).hasContent("mine");
    assertThat(run("export portrait --force").exitCode()).isZero();
    assertThat(run("bundle inspect portrait_bundle.tar.gz").exitCode()).isZero();
  }

  @Test
  void exportWritesWhereItIsTold() throws IOException {
    Files.createDirectories(here.resolve("sub"));
    assertThat(run("export --output sub").out()).containsExactly("HERE/sub/studio_bundle.tar.gz");
    assertThat(run("export --output sub/x.tgz").out()).containsExactly("HERE/sub/x.tgz");
    Session.Run run = run("export --output none/x.tgz --json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().get(0)).contains("export-folder-not-found");
  }

  @Test
  void exportAsksForAddressesOnATerminal() {
    Session.Run run =
        session().typing("nonsense\nhttps://example.org/sd.safetensors\n").run("export portrait");
    assertThat(run.err())
        .anyMatch(line -> line.contains("Nobody knows where checkpoints/sd.safetensors"))
        .noneMatch(line -> line.startsWith("without an address"));
    assertThat(run("bundle inspect portrait_bundle.tar.gz").out())
        .anyMatch(line -> line.endsWith("https://example.org/sd.safetensors"));
    assertThat(session().typing("\n").run("export portrait --force").err())
        .contains("without an address: checkpoints/sd.safetensors");
    assertThat(session().typing("x\n").run("export portrait --force --no-interactive").err())
        .noneMatch(line -> line.contains("Nobody knows"));
  }

  @Test
  void addressesAreLookedUpByContentAndChecked() throws IOException {
    String content = "weights of checkpoints/sd.safetensors";
    String found = civitai.address() + "/api/download/models/1";
    civitai.civitai(
        Sha256.of(content),
        "{\"files\":[{\"sizeKB\":%s,\"hashes\":{\"SHA256\":\"%s\"},\"downloadUrl\":\"%s\"}]}"
            .formatted(content.length() / 1024.0, Sha256.of(content), found));
    String wrong = civitai.address() + "/wrong";
    civitai.file("/wrong", 7);
    world.save(
        "portrait",
        Graphs.text(
            "sd.safetensors",
            1,
            "\"models\":[{\"name\":\"sd.safetensors\",\"url\":\"%s\",\"directory\":\"checkpoints\"}],"
                .formatted(wrong)));
    Session.Run run = run("export portrait --allow-private --json");
    assertThat(run.out().get(0)).contains("\"sources\":[\"" + found + "\"]");
    assertThat(run.err()).anyMatch(line -> line.startsWith("sd.safetensors: " + wrong + ": "));
    assertThat(run("export portrait --offline --force --json").out().get(0))
        .contains("\"sources\":[\"" + wrong + "\"]");
  }

  @Test
  void serverThatDoesNotAnswerCostsNoAddress() throws IOException {
    OriginServer gone = new OriginServer();
    String known = gone.address() + "/sd.safetensors";
    gone.close();
    world.save(
        "portrait",
        Graphs.text(
            "sd.safetensors",
            1,
            "\"models\":[{\"name\":\"sd.safetensors\",\"url\":\"%s\",\"directory\":\"checkpoints\"}],"
                .formatted(known)));
    Session.Run run = run("export portrait --allow-private --json");
    assertThat(run.out().get(0)).contains("\"sources\":[\"" + known + "\"]");
    assertThat(run.err()).anyMatch(line -> line.endsWith("it is taken as it is."));
  }

  @Test
  void everyEnvironmentIsExported() {
    Session.Run run = run("export --all-environments");
    assertThat(run.out()).containsExactly("HERE/studio_bundle.tar.gz");
    assertThat(run("export --all-environments --force --json").out().get(0)).startsWith("[{");
    assertThat(run("export portrait --all-environments").exitCode()).isEqualTo(2);
    assertThat(run("export --all-environments -e studio").exitCode()).isEqualTo(2);
  }

  @Test
  void inspectShowsContentsOriginAndSignature() {
    Session.Run keygen = run("bundle keygen key.pem");
    assertThat(keygen.out()).singleElement().asString().startsWith("MCowBQYDK2VwAyEA");
    run("export --sign key.pem");
    List<String> shown = run("bundle inspect studio_bundle.tar.gz").out();
    assertThat(shown)
        .anyMatch(line -> line.matches("from +studio at v1, by tidepool .*"))
        .anyMatch(line -> line.matches("workflow +portrait.json"))
        .anyMatch(line -> line.matches("pack +far 0123456789 \\(git\\)"))
        .anyMatch(line -> line.matches("signature +SHA256:[0-9a-f]{32}"));
    assertThat(run("bundle inspect studio_bundle.tar.gz --verify key.pem.pub").out())
        .anyMatch(line -> line.endsWith("(verified)"));
    Session.Run byText =
        session()
            .run(
                "bundle",
                "inspect",
                "studio_bundle.tar.gz",
                "--json",
                "--verify",
                keygen.out().get(0));
    assertThat(byText.out().get(0))
        .contains("\"verified\":true", "{\"path\":\"pyproject.toml\",\"bytes\":");
  }

  @Test
  void inspectRefusesAnotherKeyAndNone() {
    run("bundle keygen key.pem");
    run("bundle keygen other.pem");
    run("export --sign key.pem --output signed.tar.gz");
    run("export --output plain.tar.gz");
    assertThat(run("bundle inspect signed.tar.gz --verify other.pem.pub --json").out().get(0))
        .contains("bundle-signature-other-key");
    assertThat(run("bundle inspect plain.tar.gz --verify other.pem.pub --json").out().get(0))
        .contains("bundle-unsigned");
    assertThat(run("bundle keygen key.pem").exitCode()).isEqualTo(1);
    assertThat(run("export --sign none.pem --force").exitCode()).isEqualTo(1);
  }
}
