package dev.tidepool.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Bytes in memory. */
record BytesContent(byte[] bytes) implements Content {
  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }
}
