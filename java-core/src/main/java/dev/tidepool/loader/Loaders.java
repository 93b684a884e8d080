package dev.tidepool.loader;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows which inputs of which node types name model files, and where ComfyUI looks for them.
 *
 * <p>Begin with {@link #builtIn()}, which knows every node of ComfyUI 0.30.0, and refine that with
 * what a ComfyUI tells of itself, for custom nodes:
 *
 * <pre>{@code
 * Loaders loaders = new InstalledComfyUi(comfyUi, python, runner, cache).ask().refine(Loaders.builtIn());
 * loaders.slots("CheckpointLoaderSimple"); // one: ckpt_name, widget 0, folder checkpoints
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Loaders {
  /** Nodes that only the editor knows. */
  private static final Set<String> EDITORS = Set.of("Note", "MarkdownNote", "Reroute");

  private final Map<String, NodeType> types;
  private final Map<String, ModelFolder> folders;
  private final Map<String, String> oldNames;
  private final Set<String> told;
  private final Set<String> ofPacks;

  Loaders(
      Map<String, NodeType> types, Map<String, ModelFolder> folders, Map<String, String> oldNames) {
    this(types, folders, oldNames, Set.of(), Set.of());
  }

  private Loaders(
      Map<String, NodeType> types,
      Map<String, ModelFolder> folders,
      Map<String, String> oldNames,
      Set<String> told,
      Set<String> ofPacks) {
    this.types = Map.copyOf(types);
    // The order of the folders is ComfyUI's, and shows in listings.
    this.folders = new LinkedHashMap<>(folders);
    this.oldNames = Map.copyOf(oldNames);
    this.told = Set.copyOf(told);
    this.ofPacks = Set.copyOf(ofPacks);
  }

  /** What is known without any ComfyUI: the nodes and folders of ComfyUI 0.30.0. */
  public static Loaders builtIn() {
    return BuiltInTable.read();
  }

  /** The inputs of a node type that name models; none when it has none or is not known. */
  public List<LoaderSlot> slots(String type) {
    NodeType known = types.get(type);
    return known == null ? List.of() : known.slots();
  }

  /** Whether anything is known of a node type. */
  public boolean knows(String type) {
    return types.containsKey(type) || EDITORS.contains(type);
  }

  /** Whether a node pack brings a node type, as a ComfyUI told; of others that is not known. */
  public boolean isOfPack(String type) {
    return ofPacks.contains(type);
  }

  /**
   * Whether all inputs of a node type that name models are known: what is no slot is no model. A
   * custom node of which only a ComfyUI told may load models in ways that no list of files shows.
   */
  public boolean knowsAll(String type) {
    return knows(type) && !told.contains(type);
  }

  /**
   * The names of a node type's widgets in the order of {@code widgets_values}, {@code
   * control_after_generate} included, up to the first that differs from node to node; empty when
   * the type is not known.
   */
  public List<String> widgetNames(String type) {
    NodeType known = types.get(type);
    return known == null ? List.of() : known.widgets();
  }

  /** All kinds of models. */
  public Collection<ModelFolder> folders() {
    return List.copyOf(folders.values());
  }

  /**
   * All kinds of models with paths below a folder {@code models} only, for one that belongs to no
   * ComfyUI, or to another.
   */
  public Collection<ModelFolder> relativeFolders() {
    if (folders.values().stream().allMatch(ModelFolder::isRelative)) {
      return folders();
    }
    Loaders builtIn = builtIn();
    List<ModelFolder> relative = new ArrayList<>();
    for (ModelFolder folder : folders.values()) {
      relative.add(
          builtIn
              .folder(folder.name())
              .orElseGet(
                  () -> new ModelFolder(folder.name(), folder.baseNames(), folder.extensions())));
    }
    return relative;
  }

  /** A kind of models by its name, or by an old name of it, such as {@code unet}. */
  public Optional<ModelFolder> folder(String name) {
    return Optional.ofNullable(folders.get(oldNames.getOrDefault(name, name)));
  }

  /** The same, with what is known from elsewhere in front. */
  Loaders with(
      Map<String, NodeType> otherTypes,
      Map<String, ModelFolder> otherFolders,
      Set<String> otherOfPacks) {
    Map<String, NodeType> both = new LinkedHashMap<>(types);
    both.putAll(otherTypes);
    Map<String, ModelFolder> all = new LinkedHashMap<>(folders);
    all.putAll(otherFolders);
    Set<String> onlyTold = new HashSet<>(otherTypes.keySet());
    onlyTold.removeIf(this::knowsAll);
    onlyTold.addAll(told);
    Set<String> packs = new HashSet<>(ofPacks);
    packs.addAll(otherOfPacks);
    return new Loaders(both, all, oldNames, onlyTold, packs);
  }

  /** The types that have slots, for those who compare. */
  List<String> loaderTypes() {
    List<String> names = new ArrayList<>();
    types.forEach(
        (name, type) -> {
          if (!type.slots().isEmpty()) {
            names.add(name);
          }
        });
    return names;
  }
}
