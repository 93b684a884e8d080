package dev.tidepool.exporting;

import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.nodepack.NodeMappings;
import dev.tidepool.version.PlannedPack;
import dev.tidepool.version.PlannedWorkflow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of an environment's node packs some workflows need.
 *
 * @param ids the keys of the packs in the manifest
 * @param unknownTypes node types that no recorded pack brings, with what is known of them
 */
record PackChoice(Set<String> ids, List<String> unknownTypes) {
  /** The packs that bring the workflows' node types. */
  static PackChoice of(
      Collection<PlannedWorkflow> workflows,
      Manifest manifest,
      PackSources sources,
      NodeMappings mappings)
      throws IOException {
    Map<String, NodeEntry> recorded = manifest.nodes();
    Set<String> ids = new TreeSet<>();
    Map<String, String> open = new LinkedHashMap<>();
    for (PlannedWorkflow workflow : workflows) {
      for (PlannedPack pack : workflow.packs()) {
        Optional<String> id = pack.id().filter(recorded::containsKey);
        id.ifPresent(ids::add);
        if (id.isEmpty()) {
          open.put(pack.needed().type(), pack.id().orElse(pack.needed().registryId()));
        }
      }
    }
    if (open.isEmpty()) {
      return new PackChoice(ids, List.of());
    }
    Map<String, String> byFolder = new LinkedHashMap<>();
    recorded.forEach((id, entry) -> byFolder.put(folder(id, entry), id));
    Map<String, Set<String>> found = sources.ofTypes(open.keySet(), byFolder.keySet());
    found.forEach(
        (type, folders) -> folders.forEach(folder -> ids.add(byFolder.getOrDefault(folder, ""))));
    open.keySet().removeAll(found.keySet());
    for (String type : List.copyOf(open.keySet())) {
      Optional<String> id = mapped(type, recorded, mappings);
      if (id.isPresent()) {
        ids.add(id.get());
        open.remove(type);
      }
    }
    return new PackChoice(ids, unknown(open, byFolder.keySet(), sources));
  }

  /** The folder of a pack in {@code custom_nodes}. */
  static String folder(String id, NodeEntry entry) {
    return entry.name().isEmpty() ? id : entry.name();
  }

  private static Optional<String> mapped(
      String type, Map<String, NodeEntry> recorded, NodeMappings mappings) {
    for (NodeMappings.Candidate candidate : mappings.ofNodeType(type)) {
      for (Map.Entry<String, NodeEntry> pack : recorded.entrySet()) {
        String id = pack.getValue().registryId().orElse(pack.getKey());
        if (id.equalsIgnoreCase(candidate.id())) {
          return Optional.of(pack.getKey());
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> unknown(
      Map<String, String> open, Set<String> recorded, PackSources sources) throws IOException {
    if (open.isEmpty()) {
      return List.of();
    }
    Set<String> others = new LinkedHashSet<>(sources.folders());
    others.removeAll(recorded);
    Map<String, Set<String>> found = sources.ofTypes(open.keySet(), others);
    List<String> unknown = new ArrayList<>();
    open.forEach(
        (type, id) -> {
          Set<String> folders = found.getOrDefault(type, Set.of());
          String where =
              !folders.isEmpty()
                  ? " (in custom_nodes/" + String.join(", ", folders) + ", which is not recorded)"
                  : id.isEmpty() ? "" : " (of " + id + ")";
          unknown.add(type + where);
        });
    return unknown;
  }
}
