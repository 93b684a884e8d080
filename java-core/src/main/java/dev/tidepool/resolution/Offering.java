package dev.tidepool.resolution;

import dev.tidepool.loader.LoaderSlot;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelFiles;
import dev.tidepool.loader.ModelFolder;
import dev.tidepool.workflow.ModelPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one ComfyUI has for the names of models in a workflow. Keeps what it prepared for a folder,
 * so that many names cost little more than one. Not thread-safe.
 */
public final class Offering {
  private final Loaders loaders;
  private final ModelFiles files;
  private final Contents contents;
  private final ModelPaths paths;
  private final Map<List<String>, Ranking> rankings = new HashMap<>();

  /**
   * Prepares to answer.
   *
   * @param loaders what is known of node types
   * @param files what ComfyUI offers, and where it searches
   * @param contents whose content is known
   */
  public Offering(Loaders loaders, ModelFiles files, Contents contents) {
    this.loaders = loaders;
    this.files = files;
    this.contents = contents;
    this.paths = new ModelPaths(loaders, files);
  }

  /**
   * The files that a name may mean, the likeliest first; nothing at all where the input takes no
   * models, as far as is known.
   */
  public Optional<Offered> of(NamedModel model) {
    return loaders.slots(model.type()).stream()
        .filter(slot -> slot.input().equals(model.input()))
        .findFirst()
        .map(slot -> offered(slot, model));
  }

  private Offered offered(LoaderSlot slot, NamedModel model) {
    if (model.value().length() > ModelFiles.LONGEST_VALUE) {
      return new Offered(slot.folder(model.value()), List.of());
    }
    List<String> names = slot.folders();
    Ranking ranking = rankings.computeIfAbsent(names, unused -> new Ranking(filesOf(names)));
    Set<String> fronts = new LinkedHashSet<>();
    for (ModelFolder folder : foldersOf(names)) {
      fronts.addAll(folder.baseNames());
    }
    List<Offer> offers =
        ranking.offers(model.value(), fronts, valuesWith(model.hashes(), foldersOf(names)));
    return new Offered(slot.folder(model.value()), checked(offers, model.hashes(), slot));
  }

  /** Those offers that the input takes, those last whose content is known to be another one. */
  private List<Offer> checked(List<Offer> offers, List<ModelHash> hashes, LoaderSlot slot) {
    List<Offer> checked = new ArrayList<>();
    for (Offer offer : offers) {
      if (!slot.isFile(offer.value()) || !paths.accepts(slot, offer.value())) {
        continue;
      }
      boolean named = offer.reason() == Reason.SAME_PATH || offer.reason() == Reason.SAME_NAME;
      boolean other =
          named && file(slot, offer.value()).filter(f -> differs(f, hashes)).isPresent();
      checked.add(other ? new Offer(offer.value(), Reason.OTHER_CONTENT) : offer);
    }
    checked.sort(Comparator.comparing(Offer::reason));
    return checked;
  }

  /** Whether the file has none of the hashes, each of which is known of it. */
  private boolean differs(Path file, List<ModelHash> hashes) {
    return !hashes.isEmpty()
        && hashes.stream()
            .allMatch(
                hash ->
                    contents
                        .hashOf(file, hash.type())
                        .filter(known -> !known.equals(hash.hash()))
                        .isPresent());
  }

  /** How large the file behind a value of a folder is, where it can be seen. */
  public OptionalLong bytes(String folder, String value) {
    Optional<Path> file = file(List.of(folder), value);
    try {
      return file.isPresent() && Files.isRegularFile(file.get())
          ? OptionalLong.of(Files.size(file.get()))
          : OptionalLong.empty();
    } catch (IOException e) {
      // The size is told where it can be.
      return OptionalLong.empty();
    }
  }

  /** The file or folder behind a value of an input, where it can be seen. */
  Optional<Path> file(LoaderSlot slot, String value) {
    return file(slot.folders(), value);
  }

  private Optional<Path> file(List<String> folders, String value) {
    try {
      return foldersOf(folders).stream()
          .flatMap(folder -> files.directories(folder).stream())
          .map(directory -> directory.resolve(value))
          .filter(Files::exists)
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Set<String> filesOf(List<String> names) {
    Set<String> values = new LinkedHashSet<>();
    foldersOf(names).forEach(folder -> values.addAll(files.values(folder)));
    return values;
  }

  private List<ModelFolder> foldersOf(List<String> names) {
    List<ModelFolder> folders = new ArrayList<>();
    names.forEach(name -> loaders.folder(name).ifPresent(folders::add));
    return folders;
  }

  /** The files with one of the hashes, as values of these folders. */
  private Set<String> valuesWith(List<ModelHash> hashes, List<ModelFolder> folders) {
    Set<String> values = new HashSet<>();
    for (ModelHash hash : hashes) {
      for (Path file : contents.having(hash)) {
        for (ModelFolder folder : folders) {
          files
              .directories(folder)
              .forEach(directory -> below(directory, file).ifPresent(values::add));
        }
      }
    }
    return values;
  }

  private static Optional<String> below(Path directory, Path file) {
    Path plain = directory.toAbsolutePath().normalize();
    Path named = file.toAbsolutePath().normalize();
    if (named.startsWith(plain) && !named.equals(plain) && Files.exists(named)) {
      // A link to another disk lies where it is named, not where it leads.
      return Optional.of(plain.relativize(named).toString());
    }
    try {
      Path folder = directory.toRealPath();
      Path real = file.toRealPath();
      return real.startsWith(folder)
          ? Optional.of(folder.relativize(real).toString())
          : Optional.empty();
    } catch (IOException e) {
      // A folder that is named and not there, or a file that has gone since.
      return Optional.empty();
    }
  }

  /**
   * What came of a name.
   *
   * @param folder the folder of models that the input takes the value from
   * @param offers the likeliest first; may be empty
   */
  public record Offered(String folder, List<Offer> offers) {
    /** Copies the list. */
    public Offered {
      offers = List.copyOf(offers);
    }
  }
}
