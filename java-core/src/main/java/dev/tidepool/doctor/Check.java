package dev.tidepool.doctor;

/**
 * One thing that was looked at.
 *
 * @param name what it is: {@code Python}
 * @param found what there is: {@code 3.12.1, /usr/bin/python3.12}
 * @param advice what to do or to type; empty when all is well
 */
public record Check(String name, State state, String found, String advice) {
  /** How it stands. */
  public enum State {
    /** As it should be. */
    OK,
    /** Missing or odd, and only some things need it. */
    OPTIONAL,
    /** Something needed is wrong. */
    PROBLEM;

    /** The word for it in tables and JSON. */
    public String word() {
      return switch (this) {
        case OK -> "ok";
        case OPTIONAL -> "optional";
        case PROBLEM -> "problem";
      };
    }
  }

  static Check ok(String name, String found) {
    return new Check(name, State.OK, found, "");
  }

  static Check optional(String name, String found, String advice) {
    return new Check(name, State.OPTIONAL, found, advice);
  }

  static Check problem(String name, String found, String advice) {
    return new Check(name, State.PROBLEM, found, advice);
  }
}
