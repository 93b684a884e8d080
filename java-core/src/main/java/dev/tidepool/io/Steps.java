package dev.tidepool.io;

/**
 * Hears how a long job goes: its steps one after the other, and what a person has to know. {@link
 * #total} and {@link #advance} count bytes of the step that is under way. One call at a time.
 */
public interface Steps extends Progress {
  /** Begins a step, which ends the one before: {@code Installing requirements}. */
  default void begin(String doing) {}

  /** Says what the step is at, such as the package that is being downloaded. */
  default void at(String detail) {}

  /** Says something that stays to be read, such as a choice that was made. */
  default void note(String line) {}

  /**
   * Says how many bytes will be hashed, before anything is changed. A listener that throws ends the
   * job.
   */
  default void expect(long bytes) {}

  /** A listener that ignores everything. */
  static Steps silent() {
    return new Steps() {};
  }
}
