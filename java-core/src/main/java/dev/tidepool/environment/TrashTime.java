package dev.tidepool.environment;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Reads the {@link dev.tidepool.io.NameTime} that names in a trash begin with. */
final class TrashTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LENGTH = "20260203T040506789Z".length();

  private TrashTime() {}

  /** The time at the beginning of a name; nothing when none stands there. */
  static Optional<Instant> at(String name) {
    if (name.length() < LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.from(FORMAT.parse(name.substring(0, LENGTH))));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** What follows the time and a hyphen in a name; empty when nothing does. */
  static String rest(String name) {
    return name.length() > LENGTH + 1 && name.charAt(LENGTH) == '-'
        ? name.substring(LENGTH + 1)
        : "";
  }

  /** Whether a name is a time and nothing else. */
  static boolean isOne(String name) {
    return name.length() == LENGTH && at(name).isPresent();
  }
}
