package dev.tidepool.workflow;

import dev.tidepool.workflow.PathCheck.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong with the paths of a workflow's models, and what changes to mend that. Computed from
 * the workflow and the files that there are; changes nothing by itself.
 *
 * @param checks one for each model that ComfyUI loads
 * @param rewrites one for each value that changes: also values that do not decide now, so that all
 *     places of one widget stay alike
 */
public record PathPlan(Workflow workflow, List<PathCheck> checks, List<PathRewrite> rewrites) {
  /** Copies the lists. */
  public PathPlan {
    checks = List.copyOf(checks);
    rewrites = List.copyOf(rewrites);
  }

  /** Plans for one workflow. */
  public static PathPlan of(Workflow workflow, ModelReferences references, ModelPaths paths) {
    Map<JsonValue, List<ModelReference>> sharing = new HashMap<>();
    for (ModelReference reference : references.all()) {
      sharing.computeIfAbsent(reference.place(), place -> new ArrayList<>()).add(reference);
    }
    List<PathCheck> checks = new ArrayList<>();
    List<PathRewrite> rewrites = new ArrayList<>();
    Set<JsonValue> rewritten = new HashSet<>();
    for (ModelReference reference : references.all()) {
      List<ModelReference> others = sharing.getOrDefault(reference.place(), List.of());
      PathCheck check = check(reference, others, paths);
      checks.add(check);
      if (check.state() == State.REWRITTEN && rewritten.add(reference.place())) {
        rewrites.add(new PathRewrite(reference, reference.value(), check.value()));
      }
    }
    Set<Same> kept = new HashSet<>();
    for (PathCheck check : checks) {
      if (check.state() != State.REWRITTEN) {
        kept.add(Same.of(check.reference()));
      }
    }
    for (ModelReference reference : references.idle()) {
      String value = paths.accepted(reference.slot(), reference.value()).orElse(reference.value());
      if (!value.equals(reference.value())
          && !kept.contains(Same.of(reference))
          && rewritten.add(reference.place())) {
        rewrites.add(new PathRewrite(reference, reference.value(), value));
      }
    }
    return new PathPlan(workflow, checks, rewrites);
  }

  /** The value of a widget, wherever it stands. */
  private record Same(JsonValue node, String slot, String value) {
    static Same of(ModelReference reference) {
      return new Same(reference.node().json(), reference.slot().input(), reference.value());
    }
  }

  /** Whether ComfyUI finds every model once the workflow is rewritten. */
  public boolean isFine() {
    return checks.stream().allMatch(PathCheck::isFine);
  }

  /** The workflow's bytes with the changes; the very same bytes when there are none. */
  public byte[] apply() {
    Map<JsonValue, String> values = new HashMap<>();
    rewrites.forEach(rewrite -> values.put(rewrite.place(), rewrite.after()));
    return workflow.withValues(values);
  }

  /** One value can stand for the inputs of several nodes; all of them have to accept another. */
  private static PathCheck check(
      ModelReference reference, List<ModelReference> sharing, ModelPaths paths) {
    String value = paths.accepted(reference.slot(), reference.value()).orElse("");
    if (value.equals(reference.value())) {
      return new PathCheck(reference, State.FOUND, value, List.of());
    }
    if (!value.isEmpty()
        && sharing.stream().allMatch(other -> paths.accepts(other.slot(), value))) {
      return new PathCheck(reference, State.REWRITTEN, value, List.of());
    }
    return paths.notFound(reference);
  }
}
