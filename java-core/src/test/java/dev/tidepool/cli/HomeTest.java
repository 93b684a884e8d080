package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05.006Z, 20260102T030405006Z",
    "2026-11-27T23:59:59.999999Z, 20261127T235959999Z",
    "2027-10-10T00:00:00Z, 20271010T000000000Z"
  })
  void logsAreNamedByTheirCommandAndTheTimeInUtc(String now, String stamp) {
    Path log = new Home(folder).runner("node-add", at(Instant.parse(now))).log();
    assertThat(log.getFileName()).hasToString("node-add-" + stamp + ".log");
  }

  private Terminal at(Instant now) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Terminal(
        InputStream.nullInputStream(),
        nowhere,
        nowhere,
        Map.of(),
        folder,
        folder,
        Clock.fixed(now, ZoneId.of("Asia/Tokyo")),
        false,
        false,
        false,
        Interruption.none());
  }
}
