package dev.tidepool.harness.golden;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file that a node put out, without its metadata. The array is shared and must not be changed.
 *
 * @param extension the end of its name, such as {@code .png}; empty when it has none
 * @param bytes its content
 */
public record Content(Kind kind, String extension, byte[] bytes) {
  /** Takes a file as the server has it. */
  public static Content of(String fileName, byte[] bytes) {
    return new Content(Kind.of(fileName, bytes), extension(fileName), Metadata.strip(bytes));
  }

  private static String extension(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot);
    return extension.matches("\\.[a-z0-9]{1,16}") ? extension : "";
  }

  /** The content's SHA-256, in hexadecimal digits. */
  public String digest() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Content content
        && kind == content.kind
        && extension.equals(content.extension)
        && Arrays.equals(bytes, content.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
