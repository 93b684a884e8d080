package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide shows the sample project as it is: all of it, letter by letter. */
class GuideTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern SHOWN =
      Pattern.compile("<!-- (\\S+) -->\n```\\w+\n(.*?)```\n", Pattern.DOTALL);

  private static List<String> sampleFiles() throws IOException {
    Path sample = ROOT.resolve("e2e/sample");
    try (Stream<Path> files = Files.walk(sample)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(sample.resolve("target")))
          .map(file -> ROOT.relativize(file).toString())
          .filter(file -> !file.contains("__pycache__"))
          .toList();
    }
  }

  @Test
  void showsTheFilesOfTheSample() throws IOException {
    Matcher shown =
        SHOWN.matcher(Files.readString(ROOT.resolve("docs/guides/test-your-node-pack.md")));
    List<String> names = new ArrayList<>();
    while (shown.find()) {
      names.add(shown.group(1));
      assertThat(shown.group(2)).isEqualTo(Files.readString(ROOT.resolve(shown.group(1))));
    }
    assertThat(names).containsExactlyInAnyOrderElementsOf(sampleFiles());
  }
}
