package dev.tidepool.profile;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Ids;
import dev.tidepool.io.Texts;
import dev.tidepool.pool.Picked;
import dev.tidepool.pool.PoolStore;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the nodes of a graph choose: a profile, and a slot of its pool. Errors call a pool by its
 * profile's name. Thread-safe.
 *
 * <pre>{@code
 * Choices choices = new Choices(store);
 * Picked active = choices.pick(choices.resolve("", "Sea"), -1, "");
 * }</pre>
 */
public final class Choices {
  /** The pool that is meant when no profile was chosen. */
  public static final String DEFAULT_POOL = "default";

  private final ProfileStore store;

  /** The choices among these profiles and pools. */
  public Choices(ProfileStore store) {
    this.store = store;
  }

  /**
   * The id of the pool that is meant: the profile with this id, or when that is empty the one with
   * this name, or {@value #DEFAULT_POOL} when both are.
   *
   * @throws TidepoolException {@code profile-not-found}, rather than any other profile
   */
  public String resolve(String id, String name) {
    if (id.equals(DEFAULT_POOL) || (id.isEmpty() && name.isBlank())) {
      return DEFAULT_POOL;
    }
    if (!id.isEmpty()) {
      Ids.require(id);
      return find(profile -> profile.id().equals(id))
          .orElseThrow(() -> gone(name.isBlank() ? id : name))
          .id();
    }
    String key = Texts.key(name.strip());
    return find(profile -> Texts.key(profile.name()).equals(key))
        .orElseThrow(() -> gone(name))
        .id();
  }

  /** The slot that is meant; see {@link PoolStore#pick}. */
  public Picked pick(String id, long index, String slot) {
    return store.pools().pick(id, index, slot, () -> title(id));
  }

  private Optional<Profile> find(Predicate<Profile> wanted) {
    return store.list().stream().filter(wanted).findFirst();
  }

  private String title(String id) {
    return find(profile -> profile.id().equals(id))
        .map(profile -> "the profile " + Texts.quoted(profile.name()))
        .orElse("the pool " + id);
  }

  private static TidepoolException gone(String idOrName) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "profile-not-found",
        "There is no profile " + Texts.quoted(idOrName) + ".",
        "Choose another one in the Pool Profile node, or restore or import that one.");
  }
}
