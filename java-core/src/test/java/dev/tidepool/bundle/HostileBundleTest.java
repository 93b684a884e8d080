package dev.tidepool.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBundleTest {
  private Path folder;
  private Path file;
  private Path staging;

  @BeforeEach
  void prepare(@TempDir Path temporary) throws IOException {
    folder = temporary;
    file = temporary.resolve("b.tar.gz");
    staging = Files.createDirectories(temporary.resolve("in/staging"));
  }

  /** What the bundle is refused with; whatever happens, nothing is left anywhere. */
  private String refused() throws IOException {
    String code = "fine";
    try {
      Bundle.stage(file, staging, Progress.none());
    } catch (TidepoolException e) {
      code = e.code();
      assertThat(staging).isEmptyDirectory();
    }
    assertThat(folder.resolve("in")).isDirectoryContaining(path -> path.equals(staging));
    assertThat(list(folder.resolve("in"))).hasSize(1);
    return code;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var paths = Files.list(folder)) {
      return paths.toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "../x, archive-entry-unsafe",
    "workflows/../../x.json, archive-entry-unsafe",
    "/tmp/x, archive-entry-unsafe",
    "./../x, archive-entry-unsafe",
    "C:/x, archive-entry-unsafe",
    "a\\b, archive-entry-unsafe",
    "a//b, archive-entry-unsafe",
    "workflows/./a.json, archive-entry-unsafe",
    ".git/hooks/post-checkout, archive-entry-git",
    "dev_nodes/a/.GIT/config, archive-entry-git",
    "dev_nodes/a/git~1/config, archive-entry-git",
    "dev_nodes/a/.git./config, archive-entry-git",
    "pyproject.toml, archive-entry-duplicate",
    "PyProject.toml, archive-entry-duplicate",
    "pyproject.toml/x, archive-entry-duplicate",
  })
  void refusesNamesThatLeadAstray(String name, String code) throws IOException {
    new TarBytes().file("pyproject.toml", "").file(name, "x").write(file);
    assertThat(refused()).isEqualTo(code);
  }

  @Test
  void refusesNamesThatDifferOnlyInUnicodeForm() throws IOException {
    new TarBytes()
        .file("pyproject.toml", "")
        .file("workflows/\u00e4.json", "")
        .file("workflows/a\u0308.json", "")
        .write(file);
    assertThat(refused()).isEqualTo("archive-entry-duplicate");
  }

  @Test
  void refusesAPartTooLongForAFileSystem() throws IOException {
    new TarBytes().file("workflows/" + "ü".repeat(130) + ".json", "").write(file);
    assertThat(refused()).isEqualTo("archive-entry-unsafe");
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO
      })
  void refusesLinksAndDevices(byte kind) throws IOException {
    new TarBytes()
        .file("pyproject.toml", "")
        .other("workflows/a.json", kind, "/etc/passwd")
        .write(file);
    assertThat(refused()).isEqualTo("archive-entry-link");
  }

  @Test
  void refusesABomb() throws IOException {
    new TarBytes().file("uv.lock", new byte[70 << 20]).write(file);
    assertThat(refused()).isEqualTo("archive-bomb");
  }

  @Test
  void refusesANameThatIsLongerThanMemory() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    byte[] header = new byte[512];
    byte[] claim = "././@LongLink".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(claim, 0, header, 0, claim.length);
    text(header, 124, "77777777777");
    header[156] = 'L';
    text(header, 257, "ustar  ");
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte each : header) {
      sum += each;
    }
    text(header, 148, String.format(Locale.ROOT, "%06o", sum));
    tar.write(header);
    tar.write(new byte[4 << 20]);
    Files.write(file, TarBytes.zipped(tar.toByteArray()));
    assertThat(refused()).isEqualTo("archive-corrupt");
  }

  private static void text(byte[] target, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  @Test
  void refusesMoreBehindTheEndThanAnyBundleHas() throws IOException {
    byte[] tar = TarBytes.unzipped(Samples.small(folder));
    byte[] more = Arrays.copyOf(tar, tar.length + (3 << 20));
    Files.write(file, TarBytes.zipped(more));
    assertThat(refused()).isEqualTo("archive-corrupt");
  }

  private byte[] manifest(BundleMember... members) {
    return Samples.manifest().withMembers(List.of(members)).json();
  }

  @Test
  void refusesAMemberThatTheManifestDoesNotName() throws IOException {
    new TarBytes().file("manifest.json", manifest()).file("uv.lock", "x").write(file);
    assertThat(refused()).isEqualTo("bundle-damaged");
  }

  @Test
  void refusesAMemberInAnUnknownPlaceThatTheManifestDoesNotName() throws IOException {
    new TarBytes().file("manifest.json", manifest()).file("secret/x", "x").write(file);
    assertThat(refused()).isEqualTo("bundle-damaged");
  }

  @Test
  void refusesWhenAMemberIsMissing() throws IOException {
    BundleMember gone = new BundleMember("uv.lock", 1, Sha256.of("x"));
    new TarBytes().file("manifest.json", manifest(gone)).write(file);
    assertThat(refused()).isEqualTo("bundle-damaged");
  }

  @Test
  void refusesAnotherContentThanTheManifestSays() throws IOException {
    BundleMember other = new BundleMember("uv.lock", 1, Sha256.of("x"));
    new TarBytes().file("manifest.json", manifest(other)).file("uv.lock", "y").write(file);
    assertThat(refused()).isEqualTo("bundle-damaged");
  }

  @Test
  void refusesAManifestThatComesTwice() throws IOException {
    new TarBytes().file("manifest.json", manifest()).file("manifest.json", manifest()).write(file);
    assertThat(refused()).isEqualTo("archive-entry-duplicate");
  }

  @Test
  void refusesMoreThanTheDiskHolds() throws IOException {
    BundleMember huge = new BundleMember("uv.lock", 1L << 46, "a".repeat(64));
    new TarBytes().file("manifest.json", manifest(huge)).file("uv.lock", "y").write(file);
    assertThat(refused()).isEqualTo("disk-full");
  }

  @Test
  void noticesWhereverItIsCutOff() throws IOException {
    byte[] whole = Files.readAllBytes(Samples.small(folder));
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(refused())
          .as("cut at %d of %d", length, whole.length)
          .isEqualTo("archive-corrupt");
    }
  }

  @Test
  void flippedBitsAreNoticedOrChangeNothing() throws IOException {
    Path small = Samples.small(folder);
    BundleContents contents = Bundle.inspect(small, Progress.none());
    byte[] whole = Files.readAllBytes(small);
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      byte[] broken = whole.clone();
      broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, broken);
      try {
        assertThat(Bundle.inspect(file, Progress.none())).as("round %d", i).isEqualTo(contents);
      } catch (TidepoolException e) {
        assertThat(e.code()).as("round %d", i).matches("(archive|bundle)-.*");
      }
    }
  }

  @Test
  void flippedBitsUnderARightChecksumAreNoticedOrChangeNothing() throws IOException {
    Path small = Samples.small(folder);
    BundleContents contents = Bundle.inspect(small, Progress.none());
    byte[] tar = TarBytes.unzipped(small);
    Random random = new Random(4);
    for (int i = 0; i < 1000; i++) {
      byte[] broken = tar.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, TarBytes.zipped(broken));
      try {
        BundleContents read = Bundle.inspect(file, Progress.none());
        // Without a manifest it counts as one of ComfyDock's, which promise nothing.
        if (read.manifest().isPresent()) {
          assertThat(read.members()).as("round %d", i).isEqualTo(contents.members());
        }
      } catch (TidepoolException e) {
        assertThat(e.code()).as("round %d", i).matches("(archive|bundle)-.*");
      }
    }
  }
}
