package dev.tidepool.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * What is sent: bytes, or a part of a file, which is read anew for each attempt. Immutable; the
 * file must not change while it is sent.
 */
public sealed interface Content permits BytesContent, FileContent {
  /** How many bytes it has. */
  long length();

  /** Reads it from its begin. */
  InputStream open() throws IOException;

  /** Nothing. */
  static Content none() {
    return new BytesContent(new byte[0]);
  }

  /** Bytes in memory, which nobody changes from now on. */
  static Content of(byte[] bytes) {
    return new BytesContent(bytes);
  }

  /**
   * A part of a file.
   *
   * @param from the first byte, from 0
   */
  static Content of(Path file, long from, long length) {
    return new FileContent(file, from, length);
  }
}
