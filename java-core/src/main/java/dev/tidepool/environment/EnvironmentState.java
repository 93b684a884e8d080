package dev.tidepool.environment;

/** How far an environment is. */
public enum EnvironmentState {
  /** It was made to its end. */
  COMPLETE,
  /** Its making was stopped, and can go on. */
  INCOMPLETE,
  /** It was made by {@code tidepool up} and has no versions. */
  UNVERSIONED
}
