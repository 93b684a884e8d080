package dev.tidepool.version;

import dev.tidepool.comfyui.CachedComfyUi;
import dev.tidepool.comfyui.ComfyUiCache;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.ComfyUiPin;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the program ComfyUI comes from when an environment is to have another version of it.
 *
 * @param cache makes the cache that says what it does to these steps
 */
public record Programs(Function<Steps, ComfyUiCache> cache) {
  /** The program of a version out of the cache; nothing is fetched. */
  Optional<CachedComfyUi> find(ComfyUiPin pin) {
    return cache.apply(Steps.silent()).find(pin.version(), pin.commit());
  }

  /**
   * The program of a version, fetched where it is not in the cache.
   *
   * @throws TidepoolException {@code comfyui-version-unavailable}
   */
  CachedComfyUi obtain(ComfyUiPin pin, Steps steps) {
    Optional<CachedComfyUi> known = find(pin);
    if (known.isPresent()) {
      return known.get();
    }
    CachedComfyUi fetched;
    try {
      fetched = cache.apply(steps).obtain(Optional.empty(), Optional.of(pin.asked()));
    } catch (TidepoolException e) {
      if (e.kind() == ErrorKind.STOPPED) {
        throw e;
      }
      throw unavailable(pin, e.text());
    }
    if (!fetched.is(pin.version(), pin.commit())) {
      throw unavailable(pin, "there is only " + fetched.version() + ".");
    }
    return fetched;
  }

  private static TidepoolException unavailable(ComfyUiPin pin, String reason) {
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "comfyui-version-unavailable",
        "ComfyUI " + pin.version() + " is not to be had: " + reason,
        "tidepool rollback TARGET --keep-comfyui brings back all else.",
        "tidepool comfyui --comfyui SOURCE takes it from a folder, a repository or an archive.");
  }
}
