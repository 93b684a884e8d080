package dev.tidepool.exporting;

import dev.tidepool.io.Ids;
import dev.tidepool.loader.Loaders;
import dev.tidepool.profile.Profile;
import dev.tidepool.profile.ProfileStore;
import dev.tidepool.version.PlannedWorkflow;
import dev.tidepool.workflow.Widget;
import dev.tidepool.workflow.Workflow;
import dev.tidepool.workflow.WorkflowNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pool profiles that the nodes of workflows name: {@code PoolProfile} by its id, else by its
 * name.
 *
 * @param profiles those that are there, by id
 * @param notes what cannot travel
 */
record NamedPools(Map<String, Profile> profiles, List<String> notes) {
  private static final String NODE = "PoolProfile";

  static NamedPools of(Collection<PlannedWorkflow> workflows, Loaders loaders, ProfileStore store) {
    Map<String, Profile> profiles = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    for (PlannedWorkflow planned : workflows) {
      Workflow workflow = Workflow.parse(planned.after(), planned.name(), loaders::widgetNames);
      for (WorkflowNode node : workflow.nodes()) {
        if (!node.type().equals(NODE)) {
          continue;
        }
        String name = text(node, "profile", 0);
        String wanted = text(node, "profile_id", 1);
        wanted = wanted.isEmpty() ? name : wanted;
        if (!wanted.isEmpty()) {
          Optional<Profile> profile = store.find(wanted);
          if (profile.isPresent() && Ids.valid(profile.get().id())) {
            profiles.put(profile.get().id(), profile.get());
          } else {
            notes.add(
                planned.name()
                    + " names the pool profile "
                    + (name.isEmpty() ? wanted : name)
                    + ", which is not there.");
          }
        }
      }
    }
    return new NamedPools(profiles, notes);
  }

  private static String text(WorkflowNode node, String widget, int index) {
    return node.widget(widget)
        .or(() -> node.widget(index).filter(found -> found.name().isEmpty()))
        .map(Widget::text)
        .orElse("");
  }
}
