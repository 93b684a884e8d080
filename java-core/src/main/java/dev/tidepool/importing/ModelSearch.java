package dev.tidepool.importing;

import dev.tidepool.bundle.BundledModel;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.http.PublicAddresses;
import dev.tidepool.importing.PlannedModel.State;
import dev.tidepool.io.FreeNames;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.Texts;
import dev.tidepool.model.IndexedFile;
import dev.tidepool.model.IndexedModel;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.process.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how each model of a bundle can be had: a file of this machine with the same content,
 * whatever it is called; the bundle; a download. An index that cannot be read knows nothing. What
 * the environment's ComfyUI sees beside the workspace's models need not be in the index.
 */
final class ModelSearch implements AutoCloseable {
  private final @Nullable ModelIndex index;
  private final Path models;
  private final List<Path> others;
  private final PublicAddresses rule;
  private final FileHasher hasher = new FileHasher(1);
  private @Nullable FilesBySize otherFiles;

  /**
   * Searches.
   *
   * @param others directories beside the folder of models
   */
  ModelSearch(Path database, Clock clock, Path models, List<Path> others, PublicAddresses rule) {
    this.index = ModelIndex.openIfReadable(database, clock).orElse(null);
    this.models = models;
    this.others = List.copyOf(others);
    this.rule = rule;
  }

  PlannedModel plan(BundledModel model, boolean skip) {
    Optional<Path> here =
        StorageFailures.translate("look for " + model.filename(), () -> here(model));
    List<String> refused = new ArrayList<>();
    List<URI> addresses = addresses(model, refused);
    State state = State.MISSING;
    if (here.isPresent()) {
      state = State.PRESENT;
    } else if (skip) {
      state = State.SKIPPED;
    } else if (model.member().isPresent()) {
      state = State.BUNDLED;
    } else if (!addresses.isEmpty()) {
      state = State.DOWNLOAD;
    }
    return new PlannedModel(model, state, here, addresses, refused);
  }

  private Optional<Path> here(BundledModel model) throws IOException {
    Path place = models.resolve(model.relativePath());
    if (Files.isRegularFile(place) && Files.size(place) == model.size()) {
      // ComfyDock's keys are others; of its models the name and the size have to do.
      boolean same = model.sha256().isEmpty() || hasher.quick(place).equals(model.quick());
      if (same) {
        return Optional.of(place);
      }
    }
    if (model.sha256().isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> numbered = numbered(model, place);
    Optional<Path> known = numbered.isPresent() ? numbered : indexed(model);
    return known.isPresent() ? known : other(model);
  }

  private Optional<Path> other(BundledModel model) throws IOException {
    FilesBySize files = otherFiles;
    if (files == null) {
      files = FilesBySize.below(others);
      otherFiles = files;
    }
    for (Path file : files.of(model.size())) {
      if (holds(file, model)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** On a share, others may keep theirs to themselves: those hold nothing. */
  private boolean holds(Path file, BundledModel model) throws IOException {
    try {
      return hasher.quick(file).equals(model.quick());
    } catch (AccessDeniedException | NoSuchFileException e) {
      return false;
    }
  }

  /** What an earlier import brought when the name was taken; no index may know it yet. */
  private Optional<Path> numbered(BundledModel model, Path place) throws IOException {
    for (int number = 2; ; number++) {
      Path file = FreeNames.numbered(place, number);
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      if (Files.size(file) == model.size() && hasher.quick(file).equals(model.quick())) {
        return Optional.of(file);
      }
    }
  }

  private Optional<Path> indexed(BundledModel model) {
    if (index == null) {
      return Optional.empty();
    }
    List<IndexedModel> found = new ArrayList<>(index.find(model.sha256()));
    if (!model.quick().isEmpty()) {
      found.addAll(index.find(model.quick()));
    }
    List<Path> files = new ArrayList<>();
    for (IndexedModel each : found) {
      if (isSame(each, model)) {
        each.files().stream()
            .filter(file -> !file.missing() && !file.folder() && index.isCurrent(file))
            .map(IndexedFile::path)
            .forEach(files::add);
      }
    }
    return files.stream()
        .filter(file -> file.startsWith(models))
        .findFirst()
        .or(() -> files.stream().findFirst());
  }

  /** By the key, unless hashes of the whole content are known and say otherwise. */
  private static boolean isSame(IndexedModel here, BundledModel model) {
    boolean sha256 = here.sha256() == null || here.sha256().equals(model.sha256());
    boolean blake3 = here.blake3() == null || here.blake3().equals(model.blake3());
    return here.size() == model.size() && sha256 && blake3;
  }

  private List<URI> addresses(BundledModel model, List<String> refused) {
    List<URI> addresses = new ArrayList<>();
    for (String source : model.sources()) {
      try {
        URI uri = new URI(source.strip());
        Optional<String> objection = rule.written(uri);
        if (objection.isEmpty()) {
          addresses.add(uri);
        } else {
          refused.add(Texts.quoted(Secrets.hidden(source)) + " is " + objection.get());
        }
      } catch (URISyntaxException e) {
        refused.add(Texts.quoted(Secrets.hidden(source)) + " is no address");
      }
    }
    return addresses;
  }

  @Override
  public void close() {
    if (index != null) {
      index.close();
    }
  }
}
