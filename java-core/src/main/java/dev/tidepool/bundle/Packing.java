package dev.tidepool.bundle;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The stream of a bundle: tar (POSIX ustar, with pax headers for long names and sizes), gzipped. It
 * says nothing of times, owners and permissions, so the same members give the same stream.
 */
final class Packing {
  private static final int BUFFER = 1 << 17;
  private static final int MODE = 0100644;

  /** The endings of files that are compressed, or noise to a compressor, such as weights. */
  private static final Set<String> DENSE =
      Set.of(
          "png",
          "jpg",
          "jpeg",
          "webp",
          "gif",
          "avif",
          "mp4",
          "webm",
          "mkv",
          "mp3",
          "ogg",
          "flac",
          "zip",
          "gz",
          "tgz",
          "bz2",
          "xz",
          "zst",
          "7z",
          "whl",
          "safetensors",
          "sft",
          "gguf",
          "ckpt",
          "pt",
          "pt2",
          "pth",
          "bin",
          "onnx");

  private final ParallelGzip gzip;
  private final TarArchiveOutputStream tar;
  private final Progress progress;
  private final byte[] buffer = new byte[BUFFER];

  Packing(OutputStream out, Executor workers, int threads, Progress progress) throws IOException {
    this.gzip = new ParallelGzip(out, workers, 2 * threads);
    // Blocks of a record's length: nothing of a member waits when the next begins.
    this.tar = new TarArchiveOutputStream(gzip, 512, "UTF-8");
    this.progress = progress;
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /** Adds a member, and makes sure that it is what the manifest says of it. */
  void add(BundleSource source, BundleMember said) throws IOException {
    gzip.store(isDense(said.path()));
    TarArchiveEntry entry = new TarArchiveEntry(said.path());
    entry.setSize(said.size());
    entry.setMode(MODE);
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
    MessageDigest digest = Sha256.begin();
    long left = said.size();
    try (InputStream in = source.open()) {
      int read = in.read(buffer);
      while (read >= 0) {
        left -= read;
        if (left < 0) {
          throw changed(source);
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted while packing");
        }
        digest.update(buffer, 0, read);
        tar.write(buffer, 0, read);
        progress.advance(read);
        read = in.read(buffer);
      }
    }
    if (left != 0 || !Sha256.end(digest).equals(said.sha256())) {
      throw changed(source);
    }
    tar.closeArchiveEntry();
  }

  /** Writes the end of the archive. */
  void finish() throws IOException {
    gzip.store(false);
    tar.finish();
    gzip.finish();
  }

  static boolean isDense(String path) {
    return DENSE.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  private static TidepoolException changed(BundleSource source) {
    String what = source.file().map(Object::toString).orElse(source.path());
    return new TidepoolException(
        ErrorKind.CONFLICT,
        "bundle-source-changed",
        "Another program changed " + what + " while it was packed.",
        "Nothing was written. Do it again.");
  }
}
