package dev.tidepool.importing;

import dev.tidepool.environment.Environment;
import dev.tidepool.loader.KeptFacts;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelDirectories;
import dev.tidepool.model.ComfyUiModels;
import dev.tidepool.resolution.IndexedContents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The models that the ComfyUI of an environment sees: those of the workspace, and once it is there
 * those in its own folder and in the directories that its {@code extra_model_paths.yaml} adds.
 *
 * @param environment nothing when it is still to be made
 */
record SeenModels(ImportTools tools, Optional<Environment> environment) {
  /** Finds out how each model of a bundle can be had. */
  List<PlannedModel> plan(Arriving arriving, boolean skip) {
    try (ModelSearch search =
        new ModelSearch(
            tools.workspace().modelIndex(), tools.clock(), folder(), own().all(), tools.rule())) {
      return arriving.models().stream().map(model -> search.plan(model, skip)).toList();
    }
  }

  /** Remaps by what the environment's ComfyUI told of its nodes when it was asked last. */
  Remapping remapping() {
    Loaders known = tools.loaders().get();
    return remapping(
        environment
            .flatMap(each -> new KeptFacts(each.comfyUi(), tools.workspace().loaders()).facts())
            .map(facts -> facts.refine(known))
            .orElse(known));
  }

  /** Remaps by these loaders. */
  Remapping remapping(Loaders loaders) {
    ModelDirectories own = own();
    List<Path> roots = new ArrayList<>(own.roots());
    roots.add(folder());
    return new Remapping(
        loaders,
        new ModelDirectories(roots, own.more()),
        new IndexedContents(tools.workspace().modelIndex(), tools.clock()));
  }

  private Path folder() {
    return tools.environments().file().modelsFolder();
  }

  private ModelDirectories own() {
    return environment
        .map(Environment::comfyUi)
        .map(
            comfyUi ->
                new ModelDirectories(
                    List.of(comfyUi.resolve("models")),
                    () -> ComfyUiModels.added(comfyUi, tools.variables())))
        .orElseGet(() -> ModelDirectories.of(List.of()));
  }
}
