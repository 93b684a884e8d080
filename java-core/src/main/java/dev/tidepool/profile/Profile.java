package dev.tidepool.profile;

/**
 * A named pool.
 *
 * @param id the pool's id, which never changes
 * @param name what people call it; unique in its base, ignoring case
 * @param created milliseconds since the epoch
 */
public record Profile(String id, String name, long created) {
  /** Whether it has a name, or what importing makes of one that is taken: {@code Sea (2)}. */
  public boolean isNamedAfter(String wanted) {
    return ProfileName.isOf(name, wanted.strip());
  }
}
