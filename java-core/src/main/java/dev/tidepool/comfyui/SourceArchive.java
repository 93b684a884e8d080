package dev.tidepool.comfyui;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.BackgroundSync;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .tar.gz} that holds a ComfyUI somewhere, such as {@code package-1.0/vendor/ComfyUI}. It
 * is read twice: checked whole before anything is written, then unpacked.
 */
final class SourceArchive {
  private static final int BUFFER = 1 << 16;

  private final Path file;

  SourceArchive(Path file) {
    this.file = file;
  }

  /**
   * Unpacks the ComfyUI into a folder, which is made.
   *
   * @throws TidepoolException {@code archive-not-comfyui}, or what {@link ArchiveListing} refuses
   */
  void unpack(Path folder, Steps steps) throws IOException {
    ArchiveListing listing = check();
    String root = listing.root();
    steps.total(listing.bytes());
    try (BackgroundSync sync = new BackgroundSync()) {
      read(
          (entry, content) -> {
            String name = ArchiveListing.name(entry, file);
            if (name.startsWith(root) && name.length() > root.length()) {
              write(entry, content, folder.resolve(name.substring(root.length())), steps, sync);
            }
          });
      sync.finish();
    }
    Folders.sync(folder);
  }

  private ArchiveListing check() throws IOException {
    ArchiveListing listing = new ArchiveListing(file, Files.size(file));
    try {
      read(listing::add);
    } catch (InterruptedIOException | ClosedByInterruptException | FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new TidepoolException(
          e,
          ErrorKind.MALFORMED,
          "archive-corrupt",
          "The archive " + file + " is damaged.",
          "Get it anew, then try again.");
    }
    return listing;
  }

  private static void write(
      TarArchiveEntry entry, InputStream content, Path target, Steps steps, BackgroundSync sync)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.copy(content, target);
    sync.add(target);
    steps.advance(entry.getSize());
  }

  private interface Visitor {
    void visit(TarArchiveEntry entry, InputStream content) throws IOException;
  }

  private void read(Visitor visitor) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        InputStream unzipped = new GZIPInputStream(raw, BUFFER);
        TarArchiveInputStream tar = new TarArchiveInputStream(unzipped, "UTF-8")) {
      @Nullable TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted while unpacking");
        }
        visitor.visit(entry, tar);
        entry = tar.getNextEntry();
      }
    } catch (IllegalArgumentException e) {
      // How the library says it of some broken headers.
      throw new IOException(e);
    }
  }
}
