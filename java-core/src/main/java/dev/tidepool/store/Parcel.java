package dev.tidepool.store;

import dev.tidepool.hash.Sha256;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that is sent, and what it comes to.
 *
 * @param sha256 64 hex digits
 * @param md5 32 hex digits: what S3 calls a file by that came in one piece
 */
record Parcel(Path file, long size, String sha256, String md5) {
  private static final int BUFFER = 1 << 20;

  /**
   * Reads a file.
   *
   * @param progress hears of bytes
   */
  static Parcel of(Path file, Progress progress) {
    return StorageFailures.translate("read " + file, () -> read(file, progress));
  }

  private static Parcel read(Path file, Progress progress) throws IOException {
    progress.total(Files.size(file));
    MessageDigest sha256 = Sha256.begin();
    MessageDigest md5 = beginMd5();
    long size = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        sha256.update(buffer, 0, count);
        md5.update(buffer, 0, count);
        progress.advance(count);
        size += count;
      }
    }
    return new Parcel(file, size, Sha256.end(sha256), HexFormat.of().formatHex(md5.digest()));
  }

  /** What the protocol asks for (RFC 1864); nothing rests on it. */
  static MessageDigest beginMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
