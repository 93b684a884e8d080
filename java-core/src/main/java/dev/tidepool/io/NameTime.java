package dev.tidepool.io;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A time as it stands in names of files: in UTC, to the thousandth of a second, sorted by age. */
public final class NameTime {
  private NameTime() {}

  /** Such as {@code 20261127T001626123Z}; Java's own formats take milliseconds to be ready. */
  public static String of(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    int day = (time.getYear() * 100 + time.getMonthValue()) * 100 + time.getDayOfMonth();
    int second = (time.getHour() * 100 + time.getMinute()) * 100 + time.getSecond();
    int thousandths = second * 1000 + time.getNano() / 1_000_000;
    return day + "T" + String.valueOf(1_000_000_000 + thousandths).substring(1) + "Z";
  }
}
