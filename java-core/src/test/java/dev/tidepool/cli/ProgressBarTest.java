package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final HandClock clock = new HandClock();

  @Test
  void shortWorkShowsNothing() {
    try (ProgressBar bar = bar(true)) {
      bar.total(100);
      clock.millis = 499;
      bar.advance(50);
    }
    assertThat(shown()).isEmpty();
  }

  @Test
  void longWorkShowsShareAndSpeedAndThenDisappears() {
    try (ProgressBar bar = bar(true)) {
      bar.total(4 * 1024 * 1024);
      clock.millis = 1000;
      bar.advance(1024 * 1024);
    }
    assertThat(shown())
        .isEqualTo(
            "\r\u001b[KExporting Sea [######..................] 25% 1.0 MiB/s, 3 s left\r\u001b[K");
  }

  @Test
  void timeLeftIsInTheUnitThatFits() {
    try (ProgressBar bar = bar(true)) {
      bar.total(1000);
      bar.more(1000);
      clock.millis = 10_000;
      bar.advance(20);
      clock.millis = 200_000;
      bar.advance(180);
      clock.millis = 300_000;
      bar.advance(1800);
    }
    assertThat(shown())
        .contains("1% 2 B/s, 17 min left")
        .contains("10% 1 B/s, 30 min left")
        .contains("100% 6 B/s\r");
  }

  @Test
  void workOfUnknownLengthShowsWhatItIs() {
    try (ProgressBar bar = bar(true)) {
      clock.millis = 1000;
      bar.advance(0);
    }
    assertThat(shown()).isEqualTo("\r\u001b[KExporting Sea\r\u001b[K");
  }

  @Test
  void drawsAtMostTenTimesASecond() {
    try (ProgressBar bar = bar(true)) {
      bar.total(1000);
      for (clock.millis = 0; clock.millis < 1500; clock.millis++) {
        bar.advance(1);
      }
    }
    assertThat(shown().split("Exporting Sea", -1)).hasSize(11);
  }

  @Test
  void pipedWorkShowsNothing() {
    try (ProgressBar bar = bar(false)) {
      clock.millis = 5000;
      bar.advance(50);
    }
    assertThat(shown()).isEmpty();
  }

  private ProgressBar bar(boolean people) {
    Terminal plain =
        new Session(Path.of("").toAbsolutePath())
            .terminal(new ByteArrayOutputStream(), err, people);
    Terminal terminal =
        new Terminal(
            plain.in(),
            plain.out(),
            plain.err(),
            plain.environment(),
            plain.folder(),
            plain.logs(),
            clock,
            people,
            people,
            people,
            plain.interruption());
    return new ProgressBar(terminal, "Exporting Sea");
  }

  private String shown() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Stands still until it is moved. */
  private static final class HandClock extends Clock {
    private long millis;

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
