package dev.tidepool.harness.golden;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compares two files of one output, by their kind. */
final class ContentComparison {
  private static final int LONGEST_LINE = 200;

  private final String place;
  private final Content expected;
  private final Content actual;

  ContentComparison(String place, Content expected, Content actual) {
    this.place = place;
    this.expected = expected;
    this.actual = actual;
  }

  /** What differs, beyond what is allowed; empty when nothing does. */
  Optional<Difference> difference(Tolerance tolerance) {
    if (expected.kind() != actual.kind()) {
      return Optional.of(
          difference("expected %s, found %s".formatted(described(expected), described(actual))));
    }
    if (Arrays.equals(expected.bytes(), actual.bytes())) {
      return Optional.empty();
    }
    return switch (expected.kind()) {
      case IMAGE -> image(tolerance);
      case TENSORS -> tensors(tolerance).map(this::difference);
      case TEXT -> Optional.of(difference(lines(text(expected), text(actual))));
      case ANIMATION, AUDIO, VIDEO, OTHER -> Optional.of(difference(bytes()));
    };
  }

  private Optional<Difference> image(Tolerance tolerance) {
    Optional<Pixels> before = Pixels.decode(expected.bytes());
    Optional<Pixels> after = Pixels.decode(actual.bytes());
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.of(difference(bytes()));
    }
    String wanted = before.get().size();
    String found = after.get().size();
    if (!wanted.equals(found)) {
      return Optional.of(
          difference("expected an image of %s pixels, found %s".formatted(wanted, found)));
    }
    ImageComparison comparison = new ImageComparison(before.get(), after.get());
    return comparison
        .difference(tolerance)
        .map(text -> difference(text, Optional.of(comparison.picture())));
  }

  private Optional<String> tensors(Tolerance tolerance) {
    return Tensors.parse(expected.bytes())
        .flatMap(
            before ->
                Tensors.parse(actual.bytes())
                    .flatMap(after -> before.difference(after, tolerance)));
  }

  /** Says in words where two texts part. */
  static String lines(String expected, String actual) {
    List<String> before = List.of(expected.split("\n", -1));
    List<String> after = List.of(actual.split("\n", -1));
    int line = 0;
    while (line < Math.min(before.size(), after.size())
        && before.get(line).equals(after.get(line))) {
      line++;
    }
    String where = before.size() == 1 && after.size() == 1 ? "" : "line " + (line + 1) + ": ";
    return where + "expected " + quoted(before, line) + ", found " + quoted(after, line);
  }

  private static String quoted(List<String> lines, int line) {
    if (line >= lines.size()) {
      return "no more lines";
    }
    String text = lines.get(line);
    return '"'
        + (text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text)
        + '"';
  }

  private String bytes() {
    int first = Arrays.mismatch(expected.bytes(), actual.bytes());
    return "expected %s (SHA-256 %.12s…), found %s (SHA-256 %.12s…); the first difference is at byte %s"
        .formatted(
            described(expected), expected.digest(), described(actual), actual.digest(), first);
  }

  private static String described(Content content) {
    return content.kind().word() + content.extension() + " of " + content.bytes().length + " bytes";
  }

  private static String text(Content content) {
    return new String(content.bytes(), StandardCharsets.UTF_8);
  }

  private Difference difference(String text) {
    return difference(text, Optional.empty());
  }

  private Difference difference(String text, Optional<byte[]> picture) {
    return new Difference(
        place,
        text,
        Optional.of(new Difference.Files(Optional.of(expected), Optional.of(actual), picture)));
  }
}
