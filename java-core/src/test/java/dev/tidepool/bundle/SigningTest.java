package dev.tidepool.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningTest {
  /** The first test of RFC 8032, section 7.1, in the forms of RFC 8410. */
  private static final String SECRET =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
      -----END PRIVATE KEY-----
      """;

  private static final String OPEN = "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  @TempDir Path folder;

  private static void assertRefused(ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(TidepoolException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void keysAreReadBackAsTheyWereMade() throws IOException {
    Path file = folder.resolve("key.pem");
    SigningKey made = Signing.generate(file);
    assertThat(Signing.read(file)).isEqualTo(made);
    assertThat(Signing.publicKey(folder.resolve("key.pem.pub").toString())).isEqualTo(made.open());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(made.toString()).doesNotContain(Files.readString(file).lines().toList().get(1));
  }

  @Test
  void neverWritesOverAKey() throws IOException {
    Path file = folder.resolve("key.pem");
    Signing.generate(file);
    String before = Files.readString(file);
    assertRefused(() -> Signing.generate(file), "bundle-key-exists");
    assertThat(file).hasContent(before);
    Files.delete(file);
    assertRefused(() -> Signing.generate(file), "bundle-key-exists");
    assertThat(file).doesNotExist();
  }

  @Test
  void readsTheKeysOfOthers() throws IOException {
    Path file = Files.writeString(folder.resolve("rfc.pem"), SECRET);
    assertThat(Signing.read(file).open()).isEqualTo(Signing.publicKey(OPEN));
  }

  @Test
  void saysWhichFileHoldsNoKey() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "");
    Path wrong = Files.writeString(folder.resolve("wrong"), SECRET.replace("MC4C", "AAAA"));
    assertRefused(() -> Signing.read(empty), "bundle-key-invalid");
    assertRefused(() -> Signing.read(wrong), "bundle-key-invalid");
    assertRefused(() -> Signing.publicKey(empty.toString()), "bundle-key-invalid");
    assertRefused(() -> Signing.publicKey("AAAA"), "bundle-key-invalid");
    assertThatThrownBy(() -> Signing.read(wrong)).hasMessageNotContaining("AAAA");
  }

  @Test
  void signedBundleTellsItsKey() {
    SigningKey key = Signing.generate(folder.resolve("key"));
    Path file = Samples.small(folder, Optional.of(key));
    BundleContents contents = Bundle.inspect(file, Progress.none());
    assertThat(contents.signature().orElseThrow().fingerprint())
        .isEqualTo(Signing.fingerprint(key.open()));
    Signing.require(contents, key.open());
    SigningKey other = Signing.generate(folder.resolve("other"));
    assertRefused(() -> Signing.require(contents, other.open()), "bundle-signature-other-key");
    assertThat(Bundle.stage(file, empty(), Progress.none()).contents()).isEqualTo(contents);
  }

  private Path empty() {
    try {
      return Files.createTempDirectory(folder, "s");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void bundleWithoutASignatureIsNotTheOneThatIsWanted() {
    BundleContents contents = Bundle.inspect(Samples.small(folder), Progress.none());
    SigningKey key = Signing.generate(folder.resolve("key"));
    assertRefused(() -> Signing.require(contents, key.open()), "bundle-unsigned");
  }

  @Test
  void noticesAManifestThatWasChanged() throws IOException {
    SigningKey key = Signing.generate(folder.resolve("key"));
    byte[] signed = Samples.manifest().json();
    byte[] other = Samples.manifest().withMembers(List.of(member())).json();
    Path file = folder.resolve("b");
    new TarBytes()
        .file("manifest.json", other)
        .file("signature.json", Signing.sign(key, signed).json())
        .file("uv.lock", "x")
        .write(file);
    assertRefused(() -> Bundle.inspect(file, Progress.none()), "bundle-signature-invalid");
    assertRefused(() -> Bundle.stage(file, empty(), Progress.none()), "bundle-signature-invalid");
  }

  @Test
  void noticesAMemberThatWasChanged() throws IOException {
    SigningKey key = Signing.generate(folder.resolve("key"));
    byte[] manifest = Samples.manifest().withMembers(List.of(member())).json();
    Path file = folder.resolve("b");
    new TarBytes()
        .file("manifest.json", manifest)
        .file("signature.json", Signing.sign(key, manifest).json())
        .file("uv.lock", "y")
        .write(file);
    assertRefused(() -> Bundle.inspect(file, Progress.none()), "bundle-damaged");
  }

  @Test
  void refusesASignatureWithoutAManifest() throws IOException {
    SigningKey key = Signing.generate(folder.resolve("key"));
    Path file = folder.resolve("b");
    new TarBytes()
        .file("pyproject.toml", "")
        .file("signature.json", Signing.sign(key, new byte[0]).json())
        .write(file);
    assertRefused(() -> Bundle.inspect(file, Progress.none()), "bundle-damaged");
  }

  private static BundleMember member() {
    return new BundleMember("uv.lock", 1, Sha256.of("x"));
  }
}
