package dev.tidepool.pool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) of files and texts, as 64 hex digits. */
final class Digests {
  private static final int BUFFER = 1 << 16;

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static String sha256(Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      int read = in.read(buffer);
      while (read >= 0) {
        digest.update(buffer, 0, read);
        read = in.read(buffer);
      }
    }
    return hex(digest);
  }

  /** Copies a file and answers with the digest of the bytes that were copied. */
  static String copy(Path source, OutputStream target, Copied copied) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(source);
        DigestOutputStream out = new DigestOutputStream(target, digest)) {
      int read = in.read(buffer);
      while (read >= 0) {
        out.write(buffer, 0, read);
        copied.bytes(read);
        read = in.read(buffer);
      }
    }
    return hex(digest);
  }

  /** Hears how many bytes were copied. */
  interface Copied {
    void bytes(int count);
  }
}
