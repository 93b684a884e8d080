package dev.tidepool.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The arguments of one operation: a JSON object, read by name and type.
 *
 * <p>A missing or mistyped argument is {@code argument-invalid}. {@code null} counts as missing.
 * Immutable.
 */
final class Arguments {
  private final JsonNode node;

  private Arguments(JsonNode node) {
    this.node = node;
  }

  static Arguments parse(String text) {
    JsonNode node;
    try {
      node = Json.read(text);
    } catch (JsonProcessingException e) {
      throw new TidepoolException(
          e, ErrorKind.INVALID, "argument-invalid", "The arguments are not valid JSON");
    }
    return of(node);
  }

  private static Arguments of(JsonNode node) {
    if (!node.isObject()) {
      throw invalid("The arguments are not a JSON object");
    }
    return new Arguments(node);
  }

  /** A text that must be there. */
  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name, "a text"));
  }

  /** A text that may be left out. */
  Optional<String> optionalText(String name) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw missing(name, "a text");
    }
    return Optional.of(value.textValue());
  }

  /** An absolute path on this machine. */
  Path path(String name) {
    return path(name, text(name));
  }

  /** A list of absolute paths on this machine. */
  List<Path> paths(String name) {
    return texts(name).stream().map(text -> path(name, text)).toList();
  }

  private static Path path(String name, String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new TidepoolException(
          e, ErrorKind.INVALID, "argument-invalid", "\"" + name + "\" is not a path: " + text);
    }
    throw invalid("\"" + name + "\" is not an absolute path: " + text);
  }

  /** A whole number that may be left out. */
  OptionalLong optionalNumber(String name) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw missing(name, "a whole number");
    }
    return OptionalLong.of(value.longValue());
  }

  /** True or false. */
  boolean flag(String name) {
    JsonNode value = node.path(name);
    if (!value.isBoolean()) {
      throw missing(name, "true or false");
    }
    return value.booleanValue();
  }

  /** A list of texts. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list(name)) {
      if (!item.isTextual()) {
        throw missing(name, "a list of texts");
      }
      texts.add(item.textValue());
    }
    return List.copyOf(texts);
  }

  /** A list of JSON objects. */
  List<Arguments> objects(String name) {
    List<Arguments> objects = new ArrayList<>();
    for (JsonNode item : list(name)) {
      objects.add(of(item));
    }
    return List.copyOf(objects);
  }

  private JsonNode list(String name) {
    JsonNode value = node.path(name);
    if (!value.isArray()) {
      throw missing(name, "a list");
    }
    return value;
  }

  private static TidepoolException missing(String name, String kind) {
    return invalid("The argument \"" + name + "\" must be " + kind);
  }

  private static TidepoolException invalid(String message) {
    return new TidepoolException(ErrorKind.INVALID, "argument-invalid", message);
  }
}
