package dev.tidepool.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
  @TempDir Path folder;

  private Path write(int threads, BundleManifest manifest, List<BundleSource> sources) {
    Path file = folder.resolve("b.tar.gz");
    new BundleWriter(threads)
        .write(file, true, manifest, sources, Optional.empty(), Progress.none());
    return file;
  }

  private Path staging() throws IOException {
    return Files.createTempDirectory(folder, "staging");
  }

  @Test
  void arrivesAsItLeft() throws IOException {
    Path file = write(2, Samples.full(), Samples.fullSources());
    Bundle bundle = Bundle.stage(file, staging(), Progress.none());
    BundleManifest manifest = bundle.contents().manifest().orElseThrow();
    assertThat(manifest.withMembers(List.of())).isEqualTo(Samples.full());
    assertThat(manifest.members()).isEqualTo(bundle.contents().members());
    assertThat(bundle.under("workflows"))
        .containsExactly("workflows/deep/er/ä.json", "workflows/portrait.json");
    assertThat(bundle.path("workflows/portrait.json")).hasContent("{\"nodes\":[]}");
    assertThat(bundle.path("models/checkpoints/sub/sd.safetensors"))
        .hasBinaryContent(Samples.model());
    assertThat(bundle.path("manifest.json")).doesNotExist();
    assertThat(Bundle.inspect(file, Progress.none())).isEqualTo(bundle.contents());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whateverIsPackedComesOutAgain(long seed) throws IOException {
    List<BundleSource> sources = Samples.random(new Random(seed));
    Bundle bundle = Bundle.stage(write(3, Samples.manifest(), sources), staging(), Progress.none());
    assertThat(bundle.contents().members()).hasSameSizeAs(sources);
    for (BundleSource source : sources) {
      try (InputStream in = source.open()) {
        assertThat(bundle.path(source.path()))
            .as("seed %d", seed)
            .hasBinaryContent(in.readAllBytes());
      }
    }
  }

  @Test
  void sameContentGivesTheSameBytesEverywhere() throws IOException {
    List<BundleSource> sources = new ArrayList<>(Samples.random(new Random(9)));
    byte[] first = Files.readAllBytes(write(1, Samples.manifest(), sources));
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    String user = System.getProperty("user.name");
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      System.setProperty("user.name", "somebody");
      for (int threads : List.of(1, 2, 5)) {
        Collections.shuffle(sources, new Random(threads));
        assertThat(write(threads, Samples.manifest(), sources))
            .as("%d threads", threads)
            .hasBinaryContent(first);
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
      System.setProperty("user.name", user);
    }
  }

  @Test
  void saysNothingOfTimesOwnersAndPermissions() throws IOException {
    Path file = write(2, Samples.full(), Samples.fullSources());
    List<String> names = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(file)), "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName());
        assertThat(entry.getLastModifiedTime().toMillis()).isZero();
        assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
        assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
        assertThat(entry.getMode()).isEqualTo(0100644);
      }
    }
    assertThat(names).startsWith("manifest.json").hasSize(8);
    assertThat(names.subList(1, 8)).isSorted();
  }

  @Test
  void pythonReadsIt() throws Exception {
    List<BundleSource> sources = new ArrayList<>(Samples.random(new Random(10)));
    Path file = write(2, Samples.manifest(), sources);
    String script =
        """
        import tarfile, sys, hashlib, json
        archive = tarfile.open(sys.argv[1], "r:gz")
        for entry in json.load(archive.extractfile("manifest.json"))["members"]:
            content = archive.extractfile(entry["path"]).read()
            assert len(content) == entry["size"]
            assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        print(len(archive.getnames()))
        """;
    Process python =
        new ProcessBuilder("python3", "-c", script, file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).as(said).isZero();
    assertThat(said.strip()).isEqualTo(Integer.toString(sources.size() + 1));
  }

  @Test
  void readsTheBundlesOfComfyDockWhichHaveNoManifest() throws IOException {
    Path file = folder.resolve("cd.tar.gz");
    new TarBytes()
        .file("pyproject.toml", "[project]\n")
        .file(".python-version", "3.11\n")
        .file("workflows/a.json", "{}")
        .file("dev_nodes/mine/x.py", "")
        .file("overlays/torch.toml", "x = 1")
        .write(file);
    Bundle bundle = Bundle.stage(file, staging(), Progress.none());
    assertThat(bundle.contents().manifest()).isEmpty();
    assertThat(bundle.contents().ignored()).containsExactly("overlays/torch.toml");
    assertThat(bundle.path("overlays")).doesNotExist();
    assertThat(bundle.path("dev_nodes/mine/x.py")).exists();
    assertThat(bundle.under("overlays")).isEmpty();
  }

  @Test
  void saysWhenThereIsNoBundle() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "hello, this is no archive at all");
    Path other = folder.resolve("other.tar.gz");
    new TarBytes().file("readme.txt", "x").write(other);
    assertThat(code(folder.resolve("none"))).isEqualTo("bundle-not-found");
    assertThat(code(text)).isEqualTo("archive-corrupt");
    assertThat(code(other)).isEqualTo("bundle-not-a-bundle");
  }

  private static String code(Path file) {
    try {
      Bundle.inspect(file, Progress.none());
      return "fine";
    } catch (TidepoolException e) {
      return e.code();
    }
  }

  @Test
  void refusesAFolderThatHoldsSomething() throws IOException {
    Path file = Samples.small(folder);
    assertThatThrownBy(() -> Bundle.stage(file, folder, Progress.none()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).exists();
  }
}
