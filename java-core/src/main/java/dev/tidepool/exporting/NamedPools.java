package dev.tidepool.exporting;

import dev.tidepool.io.Ids;
import dev.tidepool.io.Texts;
import dev.tidepool.loader.Loaders;
import dev.tidepool.profile.Profile;
import dev.tidepool.profile.ProfileStore;
import dev.tidepool.version.PlannedWorkflow;
import dev.tidepool.workflow.Widget;
import dev.tidepool.workflow.Workflow;
import dev.tidepool.workflow.WorkflowNode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pool profiles that the nodes of workflows name: {@code PoolProfile} by its id, else by its
 * name; {@code GridImagePool} by the id of its own pool, where that is a profile's.
 *
 * @param profiles those that are there, by id
 * @param notes what cannot travel
 */
record NamedPools(Map<String, Profile> profiles, List<String> notes) {
  private static final String PROFILE = "PoolProfile";
  private static final String GRID = "GridImagePool";

  /** Collects what the nodes name. */
  private static final class Search {
    private final ProfileStore store;
    private final Map<String, Profile> profiles = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    Search(ProfileStore store) {
      this.store = store;
    }

    void profile(String workflow, WorkflowNode node) {
      String name = text(node, "profile", 0);
      String id = text(node, "profile_id", 1);
      String wanted = id.isEmpty() ? name : id;
      if (!wanted.isEmpty() && !take(wanted)) {
        notes.add(
            workflow
                + " names the pool profile "
                + Texts.quoted(name.isEmpty() ? id : name)
                + ", which is not there.");
      }
    }

    void grid(String workflow, WorkflowNode node) {
      String id = text(node, "pool_id", 1);
      if (Ids.valid(id) && !take(id) && !store.pools().get(id).slots().isEmpty()) {
        notes.add(
            "The images of the node "
                + node.id()
                + " in "
                + workflow
                + " are in no pool profile, and stay behind.");
      }
    }

    private boolean take(String idOrName) {
      Optional<Profile> profile = store.find(idOrName).filter(found -> Ids.valid(found.id()));
      profile.ifPresent(found -> profiles.put(found.id(), found));
      return profile.isPresent();
    }
  }

  static NamedPools of(Collection<PlannedWorkflow> workflows, Loaders loaders, ProfileStore store) {
    Search search = new Search(store);
    for (PlannedWorkflow planned : workflows) {
      if (!mayName(planned.after())) {
        continue;
      }
      Workflow workflow = Workflow.parse(planned.after(), planned.name(), loaders::widgetNames);
      for (WorkflowNode node : workflow.nodes()) {
        switch (node.type()) {
          case PROFILE -> search.profile(planned.name(), node);
          case GRID -> search.grid(planned.name(), node);
          default -> {}
        }
      }
    }
    return new NamedPools(search.profiles, List.copyOf(search.notes));
  }

  /** Whether a document may hold one of the nodes, their letters perhaps written as numbers. */
  private static boolean mayName(byte[] json) {
    String text = new String(json, StandardCharsets.ISO_8859_1);
    return text.contains(PROFILE) || text.contains(GRID) || text.contains("\\u");
  }

  private static String text(WorkflowNode node, String widget, int index) {
    return node.widget(widget)
        .or(() -> node.widget(index).filter(found -> found.name().isEmpty()))
        .map(Widget::text)
        .orElse("");
  }
}
