package dev.tidepool.environment;

import dev.tidepool.io.Steps;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What makes a new environment more than a plain ComfyUI, such as an installation that is adopted.
 * A creation that was stopped goes on, so each method may be called again for the same environment.
 */
public interface Content {
  /** In one line, what tells this content from any other. */
  String text();

  /**
   * Brings the ComfyUI, with all that is to be in it.
   *
   * @param folder does not exist yet; in the environment's hidden folder
   */
  ComfyUiPin bring(Path folder, Steps steps) throws IOException;

  /**
   * The folder that becomes the environment's ComfyUI by being renamed, as the last step of all; it
   * is only read until then. Where there is one, {@link #bring} only says what it is.
   */
  default Optional<Path> takenOver() {
    return Optional.empty();
  }

  /**
   * The manifests that the environment may have, the best first: the next one is taken when the
   * packages of one contradict each other.
   *
   * @param plain what a plain ComfyUI would have
   */
  List<Manifest> manifests(Manifest plain);

  /** Versions of Python packages, by normalized names, that are taken where they can be. */
  default Map<String, String> preferred() {
    return Map.of();
  }

  /** The {@code uv.lock} that came with it, whose versions are taken. */
  default Optional<byte[]> lock() {
    return Optional.empty();
  }

  /**
   * Whether {@link #lock} is that of the first manifest, as it is. Else it is locked anew, with the
   * same versions where they are asked for.
   */
  default boolean isLocked() {
    return lock().isPresent();
  }

  /** Puts into {@code .cec} what else belongs to the first version. */
  void finish(Environment environment, Steps steps) throws IOException;

  /** Whether {@link #finish} needs no Python package, and may come before they are installed. */
  default boolean finishesBeside() {
    return false;
  }

  /** What the first version is about. */
  String message();
}
