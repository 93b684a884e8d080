package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
  @Test
  void columnsAlignWithWideCharactersAndMarks() {
    Table table = new Table("NAME", "LABEL");
    table.row("海", "a");
    table.row("e\u0301", "b");
    table.row("plain", "c");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal =
        new Session(Path.of("").toAbsolutePath()).terminal(out, new ByteArrayOutputStream(), false);
    table.print(terminal);
    terminal.flush();
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("NAME   LABEL", "海     a", "e\u0301      b", "plain  c");
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1572864, 1.5 MiB", "5368709120, 5.0 GiB"})
  void sizesReadWell(long bytes, String text) {
    assertThat(Sizes.text(bytes)).isEqualTo(text);
  }
}
