package dev.tidepool.http;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/**
 * The head of an answer.
 *
 * @param at where it came from, after all redirections
 * @param status 200, or 206 when a part was asked for, or that of a redirection that was not
 *     followed
 * @param fields the first value of a header field by its name, in any case
 */
public record Answer(URI at, int status, Function<String, Optional<String>> fields) {
  /** A header field. */
  public Optional<String> header(String name) {
    return fields.apply(name);
  }

  /** How many bytes follow, or -1 when the server does not say. */
  public long length() {
    return header("Content-Length")
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(Long::parseLong)
        .orElse(-1L);
  }
}
