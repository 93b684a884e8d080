package dev.tidepool.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.MemberNames;
import dev.tidepool.io.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An object in a manifest, with the place that it has there for errors. Every text is refused that
 * is long beyond reason or could not be shown.
 */
record ManifestFields(String place, JsonNode node) {
  private static final int LONGEST = 4096;
  private static final int MOST = 100_000;

  /** So large that the sum of all members still is a number: 64 TiB. */
  private static final long LARGEST = 1L << 46;

  static ManifestFields of(String place, JsonNode node) {
    if (!node.isObject()) {
      throw wrong(place, "is not an object");
    }
    return new ManifestFields(place, node);
  }

  ManifestFields in(String field) {
    return of(at(field), node.path(field));
  }

  String text(String field) {
    return optional(field).orElseThrow(() -> wrong(at(field), "is missing"));
  }

  Optional<String> optional(String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(text(at(field), value));
  }

  long size(String field) {
    JsonNode value = node.path(field);
    if (!value.canConvertToExactIntegral()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > LARGEST) {
      throw wrong(at(field), "is not a number of bytes");
    }
    return value.longValue();
  }

  /** A digest in hex digits. */
  String digest(String field) {
    String digest = text(field);
    if (!digest.matches("[0-9a-f]{64}")) {
      throw wrong(at(field), "is not 64 hex digits");
    }
    return digest;
  }

  /** A path with slashes that stays where it is unpacked. */
  String path(String field) {
    return safe(at(field), text(field));
  }

  /** A name that is one part of a path. */
  String name(String field) {
    String name = safe(at(field), text(field));
    if (name.indexOf('/') >= 0 || name.startsWith(".")) {
      throw wrong(at(field), "is no name of a file: " + Texts.quoted(name));
    }
    return name;
  }

  List<String> texts(String field) {
    return each(field, value -> text(at(field), value));
  }

  List<String> paths(String field) {
    return each(field, value -> safe(at(field), text(at(field), value)));
  }

  <T> List<T> objects(String field, Function<ManifestFields, T> reading) {
    return each(field, value -> reading.apply(of(at(field), value)));
  }

  TidepoolException wrong(String field, String why, String value) {
    return wrong(at(field), why + ": " + Texts.quoted(value));
  }

  private <T> List<T> each(String field, Function<JsonNode, T> reading) {
    JsonNode list = node.path(field);
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    if (!list.isArray() || list.size() > MOST) {
      throw wrong(at(field), "is not a list that is read");
    }
    List<T> read = new ArrayList<>();
    list.forEach(value -> read.add(reading.apply(value)));
    return read;
  }

  private String at(String field) {
    return place.isEmpty() ? field : place + "." + field;
  }

  private static String text(String place, JsonNode value) {
    if (!value.isTextual()) {
      throw wrong(place, "is not a text");
    }
    String text = value.textValue();
    if (text.length() > LONGEST || !text.codePoints().allMatch(Texts::printable)) {
      throw wrong(place, "is too long or holds control characters");
    }
    return text;
  }

  private static String safe(String place, String path) {
    if (!MemberNames.isSafe(path) || MemberNames.isGit(path)) {
      throw wrong(place, "would leave its place: " + Texts.quoted(path));
    }
    return path;
  }

  static TidepoolException wrong(String place, String why) {
    return new TidepoolException(
        ErrorKind.MALFORMED,
        "bundle-invalid",
        "In the bundle's " + BundleManifest.MEMBER + ", " + place + " " + why + ".",
        "Nothing of it was used. Tell whoever made the bundle.");
  }
}
