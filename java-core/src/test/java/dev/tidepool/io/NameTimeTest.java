package dev.tidepool.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-27T00:16:26.123Z, 20261127T001626123Z",
    "2026-02-03T04:05:06.789Z, 20260203T040506789Z",
    "2026-01-01T00:00:00Z, 20260101T000000000Z",
    "2026-12-31T23:59:59.999999Z, 20261231T235959999Z",
  })
  void timeIsWrittenInUtcToTheThousandth(Instant time, String name) {
    assertThat(NameTime.of(time)).isEqualTo(name);
  }
}
