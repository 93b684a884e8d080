package dev.tidepool.harness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A body of {@code multipart/form-data}, put together part by part. Not thread-safe. */
public final class Multipart {
  private static final String BOUNDARY = "----tidepool-harness-3f1c8e52b7a94d06";

  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

  /** Adds a file. */
  public Multipart file(String field, String name, byte[] content) {
    head("name=\"" + field + "\"; filename=\"" + name.replace("\"", "%22") + "\"");
    parts.writeBytes(content);
    return line("");
  }

  /** Adds a text field. */
  public Multipart field(String field, String value) {
    head("name=\"" + field + "\"");
    return line(value);
  }

  String contentType() {
    return "multipart/form-data; boundary=" + BOUNDARY;
  }

  byte[] body() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(parts.toByteArray());
    whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return whole.toByteArray();
  }

  private void head(String disposition) {
    line("--" + BOUNDARY);
    line("Content-Disposition: form-data; " + disposition);
    line("");
  }

  private Multipart line(String text) {
    parts.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }
}
