package dev.tidepool.adoption;

import dev.tidepool.manifest.ComfyUiPin;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A ComfyUI that somebody set up, as it was found; only looked at.
 *
 * @param folder the one with {@code main.py}; real and absolute
 * @param python its Python, where one is found
 * @param packs by the names of their folders
 * @param workflows the paths below {@code user/default/workflows}, sorted
 * @param models its folder of models, where there is one with something in it
 * @param bytes what a copy takes, models and pictures that it made aside
 */
public record Installation(
    Path folder,
    ComfyUiPin comfyUi,
    Optional<InstalledPython> python,
    List<AdoptedPack> packs,
    List<String> workflows,
    Optional<Path> models,
    long bytes) {
  /** Copies the lists. */
  public Installation {
    packs = List.copyOf(packs);
    workflows = List.copyOf(workflows);
  }
}
