package dev.tidepool.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Steps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UvLinesTest {
  private final List<String> heard = new ArrayList<>();
  private final UvLines lines =
      new UvLines(
          new Steps() {
            @Override
            public void at(String detail) {
              heard.add(detail);
            }

            @Override
            public void total(long units) {
              heard.add("of " + units);
            }

            @Override
            public void advance(long units) {
              heard.add("+" + units);
            }
          });

  @Test
  void downloadsOfUvAreCounted() {
    lines.accept("Resolved 2 packages in 2ms");
    lines.accept("Downloading torch (1.5MiB)");
    lines.accept("Downloading sea (2.0KiB)");
    lines.accept(" Downloaded sea");
    lines.accept(" + sea==1.0");
    assertThat(heard)
        .containsExactly(
            "Resolved 2 packages in 2ms", "of 1572864", "torch", "of 1574912", "sea", "+2048");
  }

  @Test
  void progressOfPipIsCounted() {
    lines.accept("Progress 0 of 100");
    lines.accept("Progress 60 of 100");
    lines.accept("Progress 100 of 100");
    assertThat(heard).containsExactly("of 100", "+0", "of 100", "+60", "of 100", "+40");
  }
}
