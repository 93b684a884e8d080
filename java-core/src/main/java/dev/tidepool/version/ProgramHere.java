package dev.tidepool.version;

import dev.tidepool.comfyui.CachedComfyUi;
import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.comfyui.Source;
import dev.tidepool.environment.Environment;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.manifest.ComfyUiPin;
import java.util.Optional;

/**
 * Which ComfyUI is really in an environment. A manifest says another one when only the manifest
 * went back to a version, or when somebody pulled in ComfyUI's clone.
 */
public final class ProgramHere {
  private static final String RELEASE = "release";

  private ProgramHere() {}

  /** What the program says of itself where that contradicts what is recorded, else the record. */
  public static ComfyUiPin of(Environment environment, ComfyUiPin recorded) {
    if (!ComfyUi.isIn(environment.comfyUi())) {
      return recorded;
    }
    CachedComfyUi here =
        StorageFailures.translate(
            "look into " + environment.comfyUi(),
            () -> CachedComfyUi.of(new Source.Folder(environment.comfyUi())));
    return contradicts(here, recorded)
        ? new ComfyUiPin(here.version(), Optional.of(here.versionType()), here.commit())
        : recorded;
  }

  private static boolean contradicts(CachedComfyUi here, ComfyUiPin recorded) {
    if (here.commit().isPresent() && recorded.commit().isPresent()) {
      return !here.commit().equals(recorded.commit());
    }
    String number = number(here.version());
    return recorded.versionType().equals(Optional.of(RELEASE))
        && !number.equals("unknown")
        && !number.equals(number(recorded.version()));
  }

  private static String number(String version) {
    return version.replaceFirst("^v+", "");
  }
}
