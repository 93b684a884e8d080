package dev.tidepool.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest of several things, each told apart from the next. Not thread-safe. */
final class ContentDigest {
  private static final int LENGTH = 16;

  private final MessageDigest digest;

  ContentDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  ContentDigest text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  ContentDigest bytes(byte[] bytes) {
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
    return this;
  }

  /** Adds a file: its path below a folder, and what is in it. */
  ContentDigest file(Path folder, Path file) throws IOException {
    return text(folder.relativize(file).toString()).bytes(Files.readAllBytes(file));
  }

  /** The first sixteen hexadecimal digits. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
  }
}
