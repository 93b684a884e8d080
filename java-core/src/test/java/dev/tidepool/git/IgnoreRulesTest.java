package dev.tidepool.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drafts/           | drafts/a.json       | true",
        "drafts/           | x/drafts/y/a.json   | true",
        "drafts/           | drafts.json         | false",
        "/drafts/          | x/drafts/a.json     | false",
        "*.tmp.json        | x/a.tmp.json        | true",
        "entwürfe/*        | entwürfe/ä.json     | true",
        "# a.json          | a.json              | false",
        "'*.json\n!b.json' | a.json              | true",
        "'*.json\n!b.json' | b.json              | false",
        "'x/\n!x/b.json'   | x/b.json            | true",
      })
  void patternsMeanWhatTheyMeanToGit(String rules, String path, boolean ignored)
      throws IOException {
    Path file = Files.writeString(folder.resolve("rules"), rules + "\n");

    assertThat(IgnoreRules.read(file).ignoresFile(path)).isEqualTo(ignored);
  }

  @Test
  void missingFileIgnoresNothing() {
    IgnoreRules rules = IgnoreRules.read(folder.resolve("none"));

    assertThat(rules.ignoresFile("a.json")).isFalse();
    assertThat(rules.ignoresFolder("a")).isFalse();
  }
}
