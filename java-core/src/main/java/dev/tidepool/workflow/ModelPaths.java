package dev.tidepool.workflow;

import dev.tidepool.loader.LoaderSlot;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelFiles;
import dev.tidepool.loader.ModelFolder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the path of a model into the value that a node needs: the path below the directory that
 * ComfyUI searches for it. {@code checkpoints/SD1.5/x.safetensors} becomes {@code
 * SD1.5/x.safetensors} for a {@code CheckpointLoaderSimple}.
 *
 * <p>Only a file decides: a value that leads to one is right as it is, and one that does not is
 * changed only into one that does. So nothing is ever stripped twice. Thread-safe if the files are.
 */
public final class ModelPaths {
  private static final String MODELS = "models";

  private final Loaders loaders;
  private final ModelFiles files;

  /** Judges by these files. */
  public ModelPaths(Loaders loaders, ModelFiles files) {
    this.loaders = loaders;
    this.files = files;
  }

  /** The value by which the node finds the model: the same one, or another spelling of it. */
  public Optional<String> accepted(LoaderSlot slot, String value) {
    if (value.length() > ModelFiles.LONGEST_VALUE) {
      return Optional.empty();
    }
    if (accepts(slot, value)) {
      return Optional.of(value);
    }
    for (ModelFolder folder : folders(slot)) {
      for (String path : spellings(folder, value)) {
        String spelled = path.replace("/", files.separator());
        if (slot.isFile(spelled) && accepts(slot, spelled)) {
          return Optional.of(spelled);
        }
      }
    }
    return Optional.empty();
  }

  /** Models with the value's file name, in any folder, those in the node's own folders first. */
  public List<ModelFiles.Found> elsewhere(LoaderSlot slot, String value) {
    List<String> parts =
        value.length() > ModelFiles.LONGEST_VALUE ? List.<String>of() : parts(value);
    if (parts.isEmpty()) {
      return List.of();
    }
    List<ModelFiles.Found> found = files.named(parts.get(parts.size() - 1));
    List<ModelFiles.Found> sorted = new ArrayList<>();
    found.stream().filter(model -> slot.folders().contains(model.folder())).forEach(sorted::add);
    found.stream().filter(model -> !slot.folders().contains(model.folder())).forEach(sorted::add);
    return sorted;
  }

  /** What is wrong with a model that the node does not find: it lies elsewhere, or nowhere. */
  public PathCheck notFound(ModelReference reference) {
    List<ModelFiles.Found> elsewhere = elsewhere(reference.slot(), reference.value());
    boolean misplaced =
        !elsewhere.isEmpty() && !reference.slot().folders().contains(elsewhere.get(0).folder());
    return new PathCheck(
        reference,
        misplaced ? PathCheck.State.MISPLACED : PathCheck.State.MISSING,
        reference.value(),
        elsewhere);
  }

  /** Whether ComfyUI finds a model for the node by this very value. */
  public boolean accepts(LoaderSlot slot, String value) {
    if (value.length() > ModelFiles.LONGEST_VALUE) {
      return false;
    }
    String folder = slot.folder(value);
    if (!folder.equals(slot.folder())) {
      return existsIn(folder, value);
    }
    return slot.folders().stream()
        .filter(name -> !slot.exceptions().containsValue(name))
        .anyMatch(name -> existsIn(name, value));
  }

  private boolean existsIn(String folder, String value) {
    return loaders.folder(folder).map(known -> files.exists(known, value)).orElse(false);
  }

  private List<ModelFolder> folders(LoaderSlot slot) {
    return slot.folders().stream().flatMap(name -> loaders.folder(name).stream()).toList();
  }

  private Set<String> spellings(ModelFolder folder, String value) {
    Set<String> spellings = new LinkedHashSet<>();
    if (isAbsolute(value)) {
      files.inside(folder, value).ifPresent(spellings::add);
    }
    spellings.addAll(withoutBase(folder.baseNames(), value));
    return spellings;
  }

  /**
   * What a path may be below a folder, with {@code /}: the most of it first. A relative path may
   * begin with one of the folder's names, with {@code models} or more in front; in an absolute one
   * the name may stand anywhere. Windows' separators are understood.
   *
   * @param bases the folder's names
   */
  public static List<String> withoutBase(Collection<String> bases, String value) {
    List<String> parts = parts(value);
    boolean absolute = isAbsolute(value);
    List<String> paths = new ArrayList<>();
    if (parts.isEmpty() || parts.contains("..")) {
      return paths;
    }
    if (!absolute) {
      paths.add(String.join("/", parts));
    }
    for (int i = 0; i < parts.size() - 1; i++) {
      String part = parts.get(i);
      boolean isBase = bases.stream().anyMatch(part::equalsIgnoreCase);
      if (isBase && (absolute || i == 0 || parts.get(i - 1).equalsIgnoreCase(MODELS))) {
        paths.add(String.join("/", parts.subList(i + 1, parts.size())));
      }
    }
    return paths;
  }

  private static List<String> parts(String value) {
    List<String> parts = new ArrayList<>();
    for (String part : value.split("[/\\\\]")) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts;
  }

  private static boolean isAbsolute(String value) {
    return value.startsWith("/")
        || value.startsWith("\\")
        || (value.length() > 2 && value.charAt(1) == ':' && Character.isLetter(value.charAt(0)));
  }
}
