package dev.tidepool.bundle;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipException;

/**
 * A bundle, which anybody may have made: looked at, or unpacked into a folder of its own. Nothing
 * outside of that folder is written, and nothing of the bundle is run.
 *
 * <pre>{@code
 * BundleContents contents = Bundle.inspect(file, Progress.none());
 * Bundle bundle = Bundle.stage(file, emptyFolder, Progress.none());
 * Path manifest = bundle.path("pyproject.toml");
 * }</pre>
 *
 * <p>Both methods read the file once, to its end, and throw {@link TidepoolException}: {@code
 * bundle-not-found}; {@code bundle-not-a-bundle}; {@code bundle-version-unsupported}; {@code
 * bundle-invalid} for a manifest that says what none may say; {@code bundle-damaged} for members
 * that are others than the manifest says; {@code bundle-signature-invalid}; {@code
 * archive-entry-unsafe}, {@code archive-entry-link}, {@code archive-entry-git}, {@code
 * archive-entry-duplicate}, {@code archive-too-many-entries}, {@code archive-bomb}, {@code
 * archive-corrupt}. Immutable.
 *
 * @param contents what is in it
 * @param folder where it was unpacked; of its members, those that are ignored are not there. The
 *     files are not written through to the device
 */
public record Bundle(BundleContents contents, Path folder) {
  /** Reads a bundle without unpacking it: every check is made, every digest compared. */
  public static BundleContents inspect(Path file, Progress progress) {
    return StorageFailures.translate(
        "read the bundle " + file,
        () -> scan(file, name -> OutputStream.nullOutputStream(), progress));
  }

  /**
   * Unpacks a bundle. When it is refused, or something fails, the folder is empty again.
   *
   * @param staging is there and empty, and nobody else's
   * @param progress hears of bytes
   */
  public static Bundle stage(Path file, Path staging, Progress progress) {
    return StorageFailures.translate(
        "unpack the bundle " + file + " into " + staging,
        () -> {
          if (!Folders.isReal(staging) || !Folders.children(staging).isEmpty()) {
            throw new IllegalArgumentException("not an empty folder: " + staging);
          }
          boolean done = false;
          try {
            BundleContents contents = scan(file, new Staging(staging), progress);
            done = true;
            return new Bundle(contents, staging);
          } finally {
            if (!done) {
              clear(staging);
            }
          }
        });
  }

  /**
   * Where a member was unpacked.
   *
   * @param member as {@link BundleContents#members} calls it; it need not be there
   */
  public Path path(String member) {
    return folder.resolve(member);
  }

  /** The members in a folder of the bundle, by their names in it, in the archive's order. */
  public List<String> under(String place) {
    return contents.members().stream()
        .map(BundleMember::path)
        .filter(path -> path.startsWith(place + "/") && !contents.ignored().contains(path))
        .toList();
  }

  private static BundleContents scan(Path file, BundleScan.Sink sink, Progress progress)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND, "bundle-not-found", "There is no bundle " + file + ".");
    }
    Refusal refusal = new Refusal(file.toString());
    BundleScan scan = new BundleScan(Files.size(file), sink, refusal, progress);
    try {
      TarGzReader.read(file, scan);
    } catch (InterruptedIOException | ClosedByInterruptException | FileSystemException e) {
      throw e;
    } catch (Staging.Failure e) {
      throw Objects.requireNonNull(e.getCause());
    } catch (ZipException e) {
      throw refusal.corrupt("is no tar.gz file, or is damaged", e);
    } catch (IOException e) {
      throw refusal.corrupt("is damaged, or ends too early", e);
    }
    return scan.finish();
  }

  private static void clear(Path staging) throws IOException {
    for (Path child : Folders.children(staging)) {
      Folders.deleteQuietly(child);
    }
  }
}
