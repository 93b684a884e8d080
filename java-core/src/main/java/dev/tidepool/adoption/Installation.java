package dev.tidepool.adoption;

import dev.tidepool.manifest.ComfyUiPin;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A ComfyUI that somebody set up, as it was found; only looked at.
 *
 * @param folder the one with {@code main.py}; real and absolute
 * @param python its Python, where one is found
 * @param packs by the names of their folders
 * @param workflows the paths below {@code user/default/workflows}, sorted
 * @param models its folder of models, where there is one with something in it
 * @param moreModels the directories that its {@code extra_model_paths.yaml} adds and that are
 *     there, by what the models in them are for
 * @param strayModels those of them that the file names by a path relative to itself, and that are
 *     outside of the folder
 * @param bytes what a copy takes, models and pictures that it made aside
 */
public record Installation(
    Path folder,
    ComfyUiPin comfyUi,
    Optional<InstalledPython> python,
    List<AdoptedPack> packs,
    List<String> workflows,
    Optional<Path> models,
    Map<String, List<Path>> moreModels,
    Map<String, List<Path>> strayModels,
    long bytes) {
  /** Copies the collections. */
  public Installation {
    packs = List.copyOf(packs);
    workflows = List.copyOf(workflows);
    moreModels = Collections.unmodifiableMap(new TreeMap<>(moreModels));
    strayModels = Collections.unmodifiableMap(new TreeMap<>(strayModels));
  }
}
