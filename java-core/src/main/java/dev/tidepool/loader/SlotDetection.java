package dev.tidepool.loader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises, by what an input offers, that its values are the files of a folder.
 *
 * <p>The lists of a running ComfyUI are real files: an input loads from a folder if it offers
 * exactly the folder's list, or that list and besides only values that do not look like models; if
 * two folders fit equally well, neither is taken. The lists of {@link InstalledComfyUi} are names
 * made up for the purpose, each of which tells its folder.
 */
final class SlotDetection {
  private final boolean exact;
  private final Map<String, Set<String>> files = new HashMap<>();
  private final Map<String, String> folderOfMark = new HashMap<>();

  /**
   * Recognises the files of these folders.
   *
   * @param lists the files of each folder, by its name
   * @param exact whether the files are marks
   */
  SlotDetection(Map<String, List<String>> lists, boolean exact) {
    this.exact = exact;
    lists.forEach(
        (folder, names) -> {
          files.put(folder, Set.copyOf(new HashSet<>(names)));
          names.forEach(name -> folderOfMark.put(name, folder));
        });
  }

  /** The inputs that name models. */
  List<LoaderSlot> slots(NodeInputs node, List<String> widgets) {
    List<LoaderSlot> slots = new ArrayList<>();
    for (NodeInputs.Input input : node.inputs()) {
      List<String> folders = exact ? marked(input.choices()) : listed(input.choices());
      if (!folders.isEmpty()) {
        slots.add(
            new LoaderSlot(
                input.name(),
                LoaderSlot.position(widgets.indexOf(input.name())),
                folders,
                others(input.choices(), folders)));
      }
    }
    return slots;
  }

  private List<String> marked(List<String> choices) {
    Set<String> folders = new LinkedHashSet<>();
    for (String choice : choices) {
      Optional.ofNullable(folderOfMark.get(choice)).ifPresent(folders::add);
    }
    return List.copyOf(folders);
  }

  private List<String> listed(List<String> choices) {
    Set<String> offered = Set.copyOf(new HashSet<>(choices));
    List<String> best = new ArrayList<>();
    int size = 0;
    for (Map.Entry<String, Set<String>> folder : files.entrySet()) {
      int found = folder.getValue().size();
      if (found > 0 && found >= size && fits(folder.getValue(), offered)) {
        if (found > size) {
          best.clear();
          size = found;
        }
        best.add(folder.getKey());
      }
    }
    return best.size() == 1 ? best : List.of();
  }

  private static boolean fits(Set<String> list, Set<String> offered) {
    return offered.containsAll(list)
        && offered.stream()
            .filter(choice -> !list.contains(choice))
            .noneMatch(ModelNames::looksLikeModel);
  }

  private Map<String, String> others(List<String> choices, List<String> folders) {
    Map<String, String> none = new HashMap<>();
    for (String choice : choices) {
      if (folders.stream()
          .noneMatch(folder -> files.getOrDefault(folder, Set.of()).contains(choice))) {
        none.put(choice, "");
      }
    }
    return none;
  }
}
