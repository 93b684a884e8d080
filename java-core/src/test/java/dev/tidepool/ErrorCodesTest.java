package dev.tidepool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the page that lists every error to what the sources really throw. */
class ErrorCodesTest {
  private static final Pattern THROWN =
      Pattern.compile(
          "(?:ErrorKind\\.[A-Z_]+,|malformed\\(|failed\\(|Failures\\.of\\(|succeed\\(|String CODE =|new Conflict\\(|holds\\()\\s*\"([a-z]+(?:-[a-z]+)*)\"");
  private static final Pattern LISTED = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

  @Test
  void everyCodeIsDocumentedAndNoOtherIs() throws IOException {
    assertThat(codes(LISTED, Path.of("..", "docs", "reference", "errors.md")))
        .containsExactlyInAnyOrderElementsOf(codes(THROWN, Path.of("src", "main", "java")));
  }

  private static Set<String> codes(Pattern pattern, Path below) throws IOException {
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> files = Files.walk(below)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
          codes.add(matcher.group(1));
        }
      }
    }
    return codes;
  }
}
