package dev.tidepool.version;

import dev.tidepool.loader.LoaderSlot;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelDirectories;
import dev.tidepool.loader.ModelTree;
import dev.tidepool.workflow.ModelPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the models that workflows name. Where one was found before, a look at that very file is
 * enough, and nobody has to know how ComfyUI searches. For one look at an environment.
 */
final class ModelChecks {
  private final ModelDirectories directories;
  private final Supplier<Loaders> loaders;
  private final StatusCache cache;
  private final Map<String, String> found = new LinkedHashMap<>();
  private @Nullable ModelTree tree;

  /** Looks into these directories. */
  ModelChecks(ModelDirectories directories, Supplier<Loaders> loaders, StatusCache cache) {
    this.directories = directories;
    this.loaders = loaders;
    this.cache = cache;
  }

  /** Looks for all models of a workflow. */
  List<ModelCheck> of(WorkflowFacts facts) {
    List<ModelCheck> checks = new ArrayList<>();
    for (NeededModel model : facts.models()) {
      checks.add(new ModelCheck(model, state(model)));
    }
    return checks;
  }

  /** Keeps where the models were, for the next look. */
  void keep() {
    cache.modelFiles(found);
  }

  private ModelState state(NeededModel model) {
    String key = model.folder() + "/" + model.value();
    if (found.containsKey(key)) {
      return ModelState.FOUND;
    }
    Optional<String> known = cache.modelFile(key);
    if (known.isPresent() && isThere(Path.of(known.get()))) {
      found.put(key, known.get());
      return ModelState.FOUND;
    }
    Optional<LoaderSlot> slot =
        loaders.get().slots(model.type()).stream()
            .filter(each -> each.input().equals(model.input()))
            .findFirst();
    if (slot.isEmpty()) {
      return ModelState.MISSING;
    }
    Optional<String> accepted =
        new ModelPaths(loaders.get(), tree()).accepted(slot.get(), model.value());
    if (accepted.isEmpty()) {
      return ModelState.MISSING;
    }
    if (!accepted.get().equals(model.value())) {
      return ModelState.PATH;
    }
    ModelPlace.of(slot.get(), model.value(), loaders.get(), tree())
        .ifPresent(place -> found.put(key, place.file().toString()));
    return ModelState.FOUND;
  }

  private boolean isThere(Path file) {
    return directories.hold(file) && Files.exists(file);
  }

  private ModelTree tree() {
    if (tree == null) {
      tree = directories.tree(loaders.get().relativeFolders());
    }
    return tree;
  }
}
