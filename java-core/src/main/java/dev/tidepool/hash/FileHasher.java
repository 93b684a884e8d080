package dev.tidepool.hash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hashes files.
 *
 * <pre>{@code
 * FileHasher hasher = new FileHasher(2);
 * hasher.quick(model)                // "a5aa5aef5a0b0ba0"
 * hasher.full(model, bytes -> {})    // FileDigest[size=…, blake3=…, sha256=…]
 * }</pre>
 *
 * <p>Every method fails with {@link FileChangedException} when the file's size, time of change or
 * identity is another one after the reading than before, and with {@link
 * java.nio.channels.ClosedByInterruptException} soon after the calling thread is interrupted, which
 * then stays interrupted. Symbolic links are followed. Thread-safe.
 */
public final class FileHasher {
  private static final int QUICK_DIGITS = 16;

  /**
   * Makes a hasher.
   *
   * @param threads how many threads one call may use, its own included; at least 1
   */
  public FileHasher(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("no thread at all");
    }
  }

  /**
   * The quick key of a file: the first 16 hex digits of BLAKE3 over the file's size in decimal
   * digits (ASCII) and, right behind that, the file. Of a file of more than 47,185,920 bytes only
   * three windows count, one after the other, each of 15 MiB = 15,728,640 bytes: from 0, from size
   * / 2 - 7,864,320 (the half rounded down), and the last.
   *
   * @throws IOException when the file is missing, no regular file, or cannot be read
   */
  public String quick(Path file) throws IOException {
    try (Content content = Content.quick(file)) {
      return blake3(content, bytes -> {}).substring(0, QUICK_DIGITS);
    }
  }

  /**
   * BLAKE3 of a whole file, 64 hex digits.
   *
   * @param bytesRead hears, often, how many more bytes were read; from one thread at a time
   * @throws IOException when the file is missing, no regular file, or cannot be read
   */
  public String blake3(Path file, LongConsumer bytesRead) throws IOException {
    try (Content content = Content.whole(file)) {
      return blake3(content, bytesRead);
    }
  }

  /**
   * BLAKE3 and SHA-256 of a whole file, which is read once.
   *
   * @param bytesRead hears, often, how many more bytes were read; from one thread at a time
   * @throws IOException when the file is missing, no regular file, or cannot be read
   */
  public FileDigest full(Path file, LongConsumer bytesRead) throws IOException {
    try (Content content = Content.whole(file)) {
      MessageDigest sha256 = sha256();
      String blake3 = read(content, sha256, bytesRead);
      return new FileDigest(content.size(), blake3, HexFormat.of().formatHex(sha256.digest()));
    }
  }

  private String blake3(Content content, LongConsumer bytesRead) throws IOException {
    return read(content, null, bytesRead);
  }

  private String read(Content content, @Nullable MessageDigest sha256, LongConsumer bytesRead)
      throws IOException {
    Blake3 hash = new Blake3();
    byte[] buffer = new byte[Group.BYTES];
    long length = content.length();
    for (long at = 0; at < length; at += buffer.length) {
      int count = (int) Math.min(buffer.length, length - at);
      content.read(ByteBuffer.wrap(buffer, 0, count), at);
      hash.update(buffer, 0, count);
      if (sha256 != null) {
        sha256.update(buffer, 0, count);
      }
      bytesRead.accept(count);
    }
    content.confirm();
    return HexFormat.of().formatHex(hash.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
