package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The quick parser may pass, but where it answers it agrees with picocli. */
class ParsersTest {
  private static final Syntax SYNTAX =
      Syntax.of("tidepool test", "A test.")
          .parameter("FIRST", "One.")
          .parameters("REST", "More.")
          .option("--name", "NAME", "A value.")
          .json()
          .build();
  private static final List<String> WORDS =
      List.of("a", "b c", "", "@a", "=", "--", "-", "-x", "--name", "--name=v", "--json", "--help");
  private static final int LINES = 20_000;

  private final Terminal terminal =
      new Session(Path.of("").toAbsolutePath())
          .terminal(new ByteArrayOutputStream(), new ByteArrayOutputStream(), false);

  @Test
  void quickParserAgreesWithTheFullOneOnRandomLines() {
    long seed = Seeds.seed();
    Random random = new Random(seed);
    int answered = 0;
    for (int i = 0; i < LINES; i++) {
      List<String> line = line(random);
      @Nullable Arguments quick = QuickParser.parse(SYNTAX, line);
      if (quick != null) {
        assertThat(quick).as("seed %d, line %s", seed, line).isEqualTo(full(line));
        answered++;
      }
    }
    assertThat(answered).as("lines that the quick parser answered").isGreaterThan(LINES / 100);
  }

  @Test
  void quickParserAnswersAPlainLine() {
    assertThat(QuickParser.parse(SYNTAX, List.of("a", "--name", "v", "b", "--json", "c")))
        .isEqualTo(new Arguments(Map.of("--name", "v", "--json", ""), List.of("a", "b", "c")));
  }

  @Test
  void optionAndValueMayBeJoined() {
    assertThat(full(List.of("a", "b", "--name=v")))
        .isEqualTo(new Arguments(Map.of("--name", "v"), List.of("a", "b")));
  }

  @Test
  void valuesAfterTwoDashesAreNoOptions() {
    Arguments expected = new Arguments(Map.of(), List.of("a", "--json"));
    assertThat(full(List.of("a", "--", "--json"))).isEqualTo(expected);
    assertThat(QuickParser.parse(SYNTAX, List.of("a", "--", "--json"))).isEqualTo(expected);
  }

  private @Nullable Object full(List<String> line) {
    try {
      return FullParser.parse(SYNTAX, line, terminal);
    } catch (TidepoolException e) {
      return e.text();
    }
  }

  private static List<String> line(Random random) {
    List<String> line = new ArrayList<>();
    int length = random.nextInt(6);
    for (int i = 0; i < length; i++) {
      line.add(WORDS.get(random.nextInt(WORDS.size())));
    }
    return line;
  }
}
