package dev.tidepool.origin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.http.Answer;
import dev.tidepool.io.JsonTree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server says of a file without sending it, and what is kept of that.
 *
 * @param headers by their names in lower case
 */
record Head(int status, Map<String, String> headers) {
  private static final String STATUS = "status";
  private static final List<String> KEPT =
      List.of("content-length", "etag", "x-linked-etag", "x-linked-size", "x-repo-commit");

  Head {
    headers = Map.copyOf(headers);
  }

  static Head of(Answer answer) {
    Map<String, String> headers = new TreeMap<>();
    KEPT.forEach(name -> answer.header(name).ifPresent(text -> headers.put(name, text)));
    return new Head(answer.status(), headers);
  }

  static Head of(JsonNode kept) {
    Map<String, String> headers = new TreeMap<>();
    for (String name : KEPT) {
      Optional.ofNullable(kept.path(name).textValue()).ifPresent(text -> headers.put(name, text));
    }
    return new Head(kept.path(STATUS).asInt(), headers);
  }

  JsonNode json() {
    ObjectNode json = JsonTree.object();
    json.put(STATUS, status);
    headers.forEach(json::put);
    return json;
  }

  /** How many bytes the file has; nothing when the answer is about another one, or says nothing. */
  Optional<Long> length() {
    return status == 200 ? number("content-length") : Optional.empty();
  }

  Optional<Long> number(String name) {
    return header(name).filter(digits -> digits.matches("[0-9]{1,18}")).map(Long::parseLong);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** An entity tag (RFC 9110, 8.8.3) without what surrounds it: {@code W/"a"} is {@code a}. */
  Optional<String> tag(String name) {
    return header(name)
        .map(tag -> tag.replaceFirst("^W/", "").replaceAll("^\"|\"$", "").toLowerCase(Locale.ROOT));
  }
}
