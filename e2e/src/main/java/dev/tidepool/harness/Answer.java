package dev.tidepool.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body as JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(request + " answered no JSON: " + text(), e);
    } catch (java.io.IOException e) {
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
