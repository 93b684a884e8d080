package dev.tidepool.exporting;

import dev.tidepool.bundle.BundleSource;
import dev.tidepool.bundle.BundledModel;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.FileDigest;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.model.SourceUrl;
import dev.tidepool.version.PlannedModel;
import dev.tidepool.version.PlannedWorkflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The models of workflows as a bundle lists them.
 *
 * @param models by their keys, in the order of their paths
 * @param files the file of each on this machine, by the same keys
 * @param notes what does not travel, and why
 */
record ModelCollection(
    Map<String, BundledModel> models, Map<String, Path> files, List<String> notes) {
  private static final String PLACE = "models/";

  /** A model with all who use it. */
  private static final class Use {
    private final PlannedModel model;
    private final Set<String> workflows = new LinkedHashSet<>();
    private final Set<String> sources = new LinkedHashSet<>();

    Use(PlannedModel model) {
      this.model = model;
    }
  }

  static ModelCollection of(
      Collection<PlannedWorkflow> workflows,
      Manifest manifest,
      ModelDigests digests,
      Addresses addresses,
      boolean bundled,
      Steps steps)
      throws IOException {
    Map<String, Use> uses = uses(workflows, manifest);
    List<String> notes = new ArrayList<>();
    uses.values()
        .removeIf(
            use -> {
              boolean folder = Files.isDirectory(use.model.file());
              if (folder) {
                notes.add(use.model.entry().relativePath() + " is a folder, and stays behind.");
              }
              return folder;
            });
    Map<Path, FileDigest> known =
        digests.of(uses.values().stream().map(use -> use.model.file()).toList(), steps);
    Map<String, BundledModel> models = new LinkedHashMap<>();
    Map<String, Path> files = new LinkedHashMap<>();
    for (Use use : uses.values()) {
      ModelEntry entry = use.model.entry();
      @Nullable FileDigest digest = known.get(use.model.file());
      if (digest != null) {
        BundledModel plain = bundled(use, digest, bundled, believed(use, notes));
        // Whoever gets the file need not fetch it.
        List<String> found = bundled ? plain.sources() : addresses.of(plain, steps);
        models.put(entry.hash(), bundled(use, digest, bundled, found));
        files.put(entry.hash(), use.model.file());
      }
    }
    return new ModelCollection(models, files, notes);
  }

  private static Map<String, Use> uses(Collection<PlannedWorkflow> workflows, Manifest manifest) {
    Map<String, Use> byPath = new TreeMap<>();
    Map<String, Use> uses = new LinkedHashMap<>();
    Map<String, ModelEntry> recorded = manifest.models();
    for (PlannedWorkflow workflow : workflows) {
      for (PlannedModel model : workflow.files()) {
        Use use = uses.computeIfAbsent(model.entry().hash(), key -> new Use(model));
        byPath.putIfAbsent(use.model.entry().relativePath() + "\0" + model.entry().hash(), use);
        use.workflows.add(workflow.entry().path().substring("workflows/".length()));
        use.sources.addAll(model.entry().sources());
        @Nullable ModelEntry before = recorded.get(model.entry().hash());
        if (before != null) {
          use.sources.addAll(before.sources());
        }
        model.address().ifPresent(use.sources::add);
      }
    }
    Map<String, Use> sorted = new LinkedHashMap<>();
    byPath.values().forEach(use -> sorted.put(use.model.entry().hash(), use));
    return sorted;
  }

  /** The addresses that may go into a bundle: none with a password or token, or to a file. */
  private static List<String> believed(Use use, List<String> notes) {
    Set<String> believed = new LinkedHashSet<>();
    for (String source : use.sources) {
      try {
        believed.add(SourceUrl.of(source).text());
      } catch (TidepoolException e) {
        notes.add(
            "An address of " + use.model.entry().relativePath() + " is left out. " + e.text());
      }
    }
    return List.copyOf(believed);
  }

  private static BundledModel bundled(
      Use use, FileDigest digest, boolean bundled, List<String> sources) {
    ModelEntry entry = use.model.entry();
    return new BundledModel(
        entry.filename(),
        entry.relativePath(),
        digest.size(),
        digest.sha256(),
        digest.blake3(),
        entry.hash(),
        sources,
        bundled ? Optional.of(PLACE + entry.relativePath()) : Optional.empty(),
        List.copyOf(use.workflows));
  }

  /** The files that go into the bundle. */
  List<BundleSource> sources() {
    List<BundleSource> sources = new ArrayList<>();
    models.forEach(
        (key, model) -> {
          @Nullable Path file = files.get(key);
          if (file != null && model.member().isPresent()) {
            sources.add(BundleSource.of(model.member().get(), file, model.size(), model.sha256()));
          }
        });
    return sources;
  }

  /** The addresses of a model. */
  List<String> addresses(ModelEntry model) {
    @Nullable BundledModel bundled = models.get(model.hash());
    return bundled == null ? List.of() : bundled.sources();
  }

  /** The paths of models that nobody could get from elsewhere. */
  List<String> unfetchable() {
    return models.values().stream()
        .filter(model -> model.member().isEmpty() && model.sources().isEmpty())
        .map(BundledModel::relativePath)
        .toList();
  }
}
