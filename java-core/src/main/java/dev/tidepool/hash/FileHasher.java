package dev.tidepool.hash;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

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

  private final int threads;
  private final Desk.Pool desks = new Desk.Pool();

  /**
   * Makes a hasher.
   *
   * @param threads how many threads one call may use, its own included; at least 1
   */
  public FileHasher(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("no thread at all");
    }
    this.threads = threads;
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
      int[] words = new BothDigests(content, desks, sha256, bytesRead).digest(threads);
      content.confirm();
      return new FileDigest(content.size(), hex(words), HexFormat.of().formatHex(sha256.digest()));
    }
  }

  private String blake3(Content content, LongConsumer bytesRead) throws IOException {
    int[] words = new ParallelHash(content, desks, bytesRead).digest(threads);
    content.confirm();
    return hex(words);
  }

  private static String hex(int[] words) {
    return HexFormat.of().formatHex(Blake3.bytes(words));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
