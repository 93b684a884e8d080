package dev.tidepool.loader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one ComfyUI told of itself: its node types with what they offer, and its folders of models.
 * From {@link InstalledComfyUi}, which is exact, or {@link RunningComfyUi}. Immutable.
 */
public final class NodeFacts {
  private final boolean exact;
  private final Map<String, NodeInputs> nodes;
  private final Map<String, ModelFolder> folders;
  private final Map<String, List<String>> files;
  private final List<String> failed;

  NodeFacts(
      boolean exact,
      Map<String, NodeInputs> nodes,
      Map<String, ModelFolder> folders,
      Map<String, List<String>> files,
      List<String> failed) {
    this.exact = exact;
    this.nodes = Map.copyOf(nodes);
    this.folders = new LinkedHashMap<>(folders);
    this.files = Map.copyOf(files);
    this.failed = List.copyOf(failed);
  }

  /**
   * What a running ComfyUI told some other way than over HTTP.
   *
   * @param objectInfo in the form of its {@code /object_info}, of some node types or all, UTF-8
   * @param folders by their names
   * @param files the files that it offers in each folder, by the folder's name
   * @throws dev.tidepool.error.TidepoolException {@code comfyui-answer-invalid}
   */
  public static NodeFacts told(
      byte[] objectInfo, Map<String, ModelFolder> folders, Map<String, List<String>> files) {
    Map<String, NodeInputs> nodes =
        FactsFormat.nodes(FactsFormat.json(objectInfo, "The ComfyUI's list of its nodes"));
    return new NodeFacts(false, nodes, folders, files, List.of());
  }

  /** Files of node packs, and node types, that could not be asked; mostly a pack is broken. */
  public List<String> failed() {
    return failed;
  }

  /**
   * The files that a running ComfyUI offers, by the name of the folder; empty for an installed one,
   * whose folders are on this machine's disk.
   */
  public Map<String, List<String>> files() {
    return exact ? Map.of() : files;
  }

  /** Puts what this ComfyUI told before what was known. */
  public Loaders refine(Loaders known) {
    SlotDetection detection = new SlotDetection(files, exact);
    Map<String, NodeType> types = new HashMap<>();
    Set<String> ofPacks = new HashSet<>();
    nodes.forEach(
        (name, inputs) -> {
          if (inputs.ofPack()) {
            ofPacks.add(name);
          }
          List<String> widgets = WidgetOrder.of(inputs);
          types.put(
              name,
              new NodeType(
                  widgets,
                  merged(detection.slots(inputs, widgets), known.slots(name), inputs, widgets)));
        });
    return known.with(types, folders, ofPacks);
  }

  /**
   * The slots that were recognised, with what was known of the same input: a running ComfyUI
   * without any model shows empty lists, and no list shows every exception.
   */
  private List<LoaderSlot> merged(
      List<LoaderSlot> recognised,
      List<LoaderSlot> known,
      NodeInputs inputs,
      List<String> widgets) {
    Map<String, LoaderSlot> slots = new LinkedHashMap<>();
    recognised.forEach(slot -> slots.put(slot.input(), slot));
    for (LoaderSlot before : known) {
      Optional<NodeInputs.Input> input = inputs.input(before.input());
      Optional<LoaderSlot> now = Optional.ofNullable(slots.get(before.input()));
      if (now.isPresent() && now.get().folder().equals(before.folder())) {
        slots.put(before.input(), both(now.get(), before));
      } else if (!exact && input.isPresent() && input.get().type().equals("COMBO")) {
        int widget = widgets.indexOf(before.input());
        slots.put(before.input(), LoaderSlot.at(widget, before));
      }
    }
    return new ArrayList<>(slots.values());
  }

  private static LoaderSlot both(LoaderSlot now, LoaderSlot before) {
    Map<String, String> exceptions = new HashMap<>(before.exceptions());
    now.exceptions().forEach(exceptions::putIfAbsent);
    List<String> folders = new ArrayList<>(now.folders());
    before.folders().stream().filter(name -> !folders.contains(name)).forEach(folders::add);
    return new LoaderSlot(now.input(), now.widget(), folders, exceptions);
  }
}
