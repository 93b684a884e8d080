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
 * @param rewrites one for each value that changes: also values that do not decide now but are the
 *     same as one that does, so that places of one widget that are alike stay so
 * @param unknown what looks like a model where nobody knows what is loaded
 */
public record PathPlan(
    Workflow workflow,
    List<PathCheck> checks,
    List<PathRewrite> rewrites,
    List<UnknownModel> unknown) {
  /** Copies the lists. */
  public PathPlan {
    checks = List.copyOf(checks);
    rewrites = List.copyOf(rewrites);
    unknown = List.copyOf(unknown);
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
    Map<Same, String> deciding = new HashMap<>();
    for (PathCheck check : checks) {
      Same same = Same.of(check.reference());
      boolean changes = check.state() == State.REWRITTEN && !check.value().equals(same.value());
      deciding.merge(
          same,
          changes ? check.value() : same.value(),
          (one, other) -> one.equals(other) ? one : same.value());
    }
    for (ModelReference reference : references.idle()) {
      String value = deciding.getOrDefault(Same.of(reference), reference.value());
      if (!value.equals(reference.value()) && rewritten.add(reference.place())) {
        rewrites.add(new PathRewrite(reference, reference.value(), value));
      }
    }
    return new PathPlan(workflow, checks, rewrites, references.unknown());
  }

  /** The value of a widget, wherever it stands. */
  private record Same(JsonValue node, String slot, String value) {
    static Same of(ModelReference reference) {
      return new Same(reference.node().json(), reference.slot().input(), reference.value());
    }
  }

  /**
   * Whether ComfyUI finds every model that it loads once the workflow is rewritten; nodes that are
   * muted or bypassed load none.
   */
  public boolean isFine() {
    return checks.stream()
        .allMatch(check -> check.isFine() || check.reference().mode() != NodeMode.ACTIVE);
  }

  /** Whether every model is found as it is, those of muted and bypassed nodes too. */
  public boolean isAllFound() {
    return rewrites.isEmpty() && checks.stream().allMatch(PathCheck::isFine);
  }

  /** The workflow's bytes with the changes; the very same bytes when there are none. */
  public byte[] apply() {
    Map<JsonValue, String> values = new HashMap<>();
    rewrites.forEach(rewrite -> values.put(rewrite.place(), rewrite.after()));
    return workflow.withValues(workflow.withCopies(values));
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
