package dev.tidepool.importing;

import dev.tidepool.bundle.BundledModel;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.importing.ArrivingWorkflow.Use;
import dev.tidepool.io.ParallelWork;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.loader.LoaderSlot;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelDirectories;
import dev.tidepool.loader.ModelFolder;
import dev.tidepool.loader.ModelTree;
import dev.tidepool.resolution.Asking;
import dev.tidepool.resolution.Contents;
import dev.tidepool.resolution.Offering;
import dev.tidepool.resolution.Resolution;
import dev.tidepool.resolution.Resolver;
import dev.tidepool.workflow.JsonValue;
import dev.tidepool.workflow.ModelPaths;
import dev.tidepool.workflow.ModelReference;
import dev.tidepool.workflow.ModelReferences;
import dev.tidepool.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns the models that a foreign workflow names into those of this machine: by content where the
 * bundle says it, else by what is likest. For one thread.
 */
final class Remapping {
  private static final int AT_A_TIME = 4;

  private final Loaders loaders;
  private final ModelTree tree;
  private final ModelPaths paths;
  private final Contents contents;
  private final FileHasher hasher = new FileHasher(1);

  /** Looks for models in these directories. */
  Remapping(Loaders loaders, ModelDirectories directories, Contents contents) {
    this.loaders = loaders;
    this.tree = directories.tree(loaders.relativeFolders());
    this.paths = new ModelPaths(loaders, tree);
    this.contents = contents;
  }

  /** A workflow's file, and what it says. */
  private record Told(String path, Path file, Workflow workflow, ModelReferences references) {}

  /** Reads several workflows as {@link #read} does one, by their paths and in this order. */
  List<ArrivingWorkflow> readAll(
      Map<String, Path> files,
      List<BundledModel> models,
      Set<BundledModel> had,
      Function<Offering, Asking> asking) {
    List<Told> all =
        new ParallelWork("read the workflows", AT_A_TIME)
            .with(List.copyOf(files.entrySet()), each -> told(each.getKey(), each.getValue()));
    List<ArrivingWorkflow> workflows = new ArrayList<>();
    for (Told each : all) {
      workflows.add(read(each, models, had, asking));
    }
    return workflows;
  }

  private Told told(String path, Path file) {
    return StorageFailures.translate(
        "read " + file,
        () -> {
          Workflow workflow = Workflow.parse(Files.readAllBytes(file), path, loaders::widgetNames);
          return new Told(path, file, workflow, ModelReferences.of(workflow, loaders));
        });
  }

  /**
   * Reads a workflow, and finds out which model is which.
   *
   * @param models those of the bundle
   * @param had those of them that are here or come
   * @param asking makes who is asked what takes the place of one that is not
   */
  ArrivingWorkflow read(
      String path,
      Path file,
      List<BundledModel> models,
      Set<BundledModel> had,
      Function<Offering, Asking> asking) {
    return read(told(path, file), models, had, asking);
  }

  private ArrivingWorkflow read(
      Told told,
      List<BundledModel> models,
      Set<BundledModel> had,
      Function<Offering, Asking> asking) {
    ModelReferences references = told.references();
    Map<JsonValue, BundledModel> known = new HashMap<>();
    Set<JsonValue> settled = new HashSet<>();
    for (ModelReference reference : references.all()) {
      model(reference, told.path(), models)
          .ifPresent(
              model -> {
                known.put(reference.place(), model);
                if (had.contains(model)) {
                  settled.add(reference.place());
                }
              });
    }
    Map<JsonValue, String> substitutes = substitutes(told.file(), references, settled, asking);
    List<Use> uses = new ArrayList<>();
    for (ModelReference reference : references.all()) {
      uses.add(
          new Use(
              reference,
              Optional.ofNullable(known.get(reference.place())),
              Optional.ofNullable(substitutes.get(reference.place()))));
    }
    return new ArrivingWorkflow(told.path(), told.workflow(), uses);
  }

  private Map<JsonValue, String> substitutes(
      Path file,
      ModelReferences references,
      Set<JsonValue> settled,
      Function<Offering, Asking> asking) {
    Map<JsonValue, String> substitutes = new HashMap<>();
    boolean all =
        references.all().stream().allMatch(reference -> settled.contains(reference.place()));
    if (all) {
      return substitutes;
    }
    Offering offering = new Offering(loaders, tree, contents);
    Asking person = asking.apply(offering);
    Asking aboutOthers =
        (reference, offers) ->
            settled.contains(reference.place())
                ? Optional.empty()
                : person.choose(reference, offers);
    Resolver resolver = new Resolver(paths, offering, contents, List.of());
    for (Resolution each : resolver.resolve(file, references, aboutOthers, made -> {})) {
      if (each.isSettled() && !settled.contains(each.reference().place())) {
        substitutes.put(each.reference().place(), each.value());
      }
    }
    return substitutes;
  }

  /**
   * The bundle's model that a node names: by its path below the node's folder, else by its name.
   */
  private Optional<BundledModel> model(
      ModelReference reference, String workflow, List<BundledModel> models) {
    List<BundledModel> used =
        models.stream()
            .filter(model -> model.usedBy().isEmpty() || model.usedBy().contains(workflow))
            .toList();
    Set<String> full = new HashSet<>();
    Set<String> bases = new HashSet<>();
    for (ModelFolder folder : folders(reference.slot())) {
      bases.addAll(folder.baseNames());
    }
    for (String path : ModelPaths.withoutBase(bases, reference.value())) {
      bases.forEach(base -> full.add(base + "/" + path));
    }
    Optional<BundledModel> exact =
        used.stream().filter(model -> full.contains(model.relativePath())).findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    String value = reference.value().replace('\\', '/');
    String name = value.substring(value.lastIndexOf('/') + 1);
    List<BundledModel> named =
        used.stream().filter(model -> model.filename().equals(name)).toList();
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }

  /** What the node has to name for ComfyUI to load this file; nothing when it cannot. */
  Optional<String> value(LoaderSlot slot, Path file) {
    for (ModelFolder folder : folders(slot)) {
      for (Path directory : tree.directories(folder)) {
        Optional<String> value =
            below(directory, file)
                .filter(text -> paths.accepts(slot, text))
                .filter(text -> means(slot, text, file));
        if (value.isPresent()) {
          return value;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether no directory has another model under that name, which ComfyUI may load instead. */
  private boolean means(LoaderSlot slot, String value, Path file) {
    return StorageFailures.translate(
        "look for " + value,
        () -> {
          for (ModelFolder folder : folders(slot)) {
            for (Path directory : tree.directories(folder)) {
              Path named = directory.resolve(value);
              if (Files.isRegularFile(named) && !isSame(named, file)) {
                return false;
              }
            }
          }
          return true;
        });
  }

  private boolean isSame(Path one, Path other) throws IOException {
    return Files.isSameFile(one, other)
        || (Files.size(one) == Files.size(other) && hasher.quick(one).equals(hasher.quick(other)));
  }

  /** The file that ComfyUI loads for a value. */
  Optional<Path> file(LoaderSlot slot, String value) {
    for (ModelFolder folder : folders(slot)) {
      for (Path directory : tree.directories(folder)) {
        Path file = directory.resolve(value);
        if (Files.isRegularFile(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /** The values that change in a workflow, with the models where they are now. */
  Map<JsonValue, String> values(ArrivingWorkflow workflow, Map<BundledModel, Path> files) {
    Map<JsonValue, String> values = new HashMap<>();
    for (Use use : workflow.uses()) {
      Optional<String> value =
          use.substitute()
              .or(
                  () ->
                      use.model()
                          .map(files::get)
                          .flatMap(file -> value(use.reference().slot(), file)));
      value
          .filter(text -> !text.equals(use.reference().value()))
          .ifPresent(text -> values.put(use.reference().place(), text));
    }
    return values;
  }

  /**
   * The workflow's bytes with the models and the pools of this machine.
   *
   * @param pools the ids that pools have now, by those that they had
   */
  byte[] bytes(
      ArrivingWorkflow workflow, Map<BundledModel, Path> files, Map<String, String> pools) {
    Map<JsonValue, String> values =
        new HashMap<>(workflow.workflow().withCopies(values(workflow, files)));
    if (!pools.isEmpty()) {
      Deque<JsonValue> open = new ArrayDeque<>(List.of(workflow.workflow().json()));
      while (!open.isEmpty()) {
        JsonValue value = open.remove();
        value
            .text()
            .filter(text -> value.isText() && pools.containsKey(text))
            .ifPresent(text -> values.put(value, pools.getOrDefault(text, text)));
        open.addAll(value.items());
        open.addAll(value.values());
      }
    }
    return workflow.workflow().withValues(values);
  }

  private List<ModelFolder> folders(LoaderSlot slot) {
    return slot.folders().stream().flatMap(name -> loaders.folder(name).stream()).toList();
  }

  private static Optional<String> below(Path directory, Path file) {
    Path folder = dev.tidepool.io.Folders.real(directory);
    Path named = file.toAbsolutePath().normalize();
    if (named.startsWith(directory)) {
      return Optional.of(directory.relativize(named).toString());
    }
    Path real = dev.tidepool.io.Folders.real(file);
    return real.startsWith(folder)
        ? Optional.of(folder.relativize(real).toString())
        : Optional.empty();
  }
}
