package dev.tidepool.harness;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * What the server answered.
 *
 * @param request method and path, for messages
 * @param status HTTP status
 * @param headers HTTP headers
 * @param body the body's bytes
 */
public record Answer(String request, int status, HttpHeaders headers, byte[] body) {
  /** ComfyUI writes numbers that JSON does not know, such as NaN. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * The body as JSON.
   *
   * @throws AssertionError when it is none
   */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new AssertionError(request + " answered no JSON: " + text(), e);
    }
  }

  /** This answer, when it is a success; else an error that shows it. */
  public Answer successful() {
    if (status / 100 != 2) {
      throw new AssertionError(request + " answered " + status + ": " + text());
    }
    return this;
  }
}
