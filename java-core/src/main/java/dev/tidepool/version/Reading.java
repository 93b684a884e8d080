package dev.tidepool.version;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.loader.Loaders;
import dev.tidepool.workflow.Workflow;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One file of a workflow that was read, or why it could not be. */
final class Reading {
  private final @Nullable Workflow workflow;
  private final @Nullable Loaders loaders;
  private final @Nullable Problem problem;
  private @Nullable WorkflowFacts facts;

  private Reading(
      @Nullable Workflow workflow, @Nullable Loaders loaders, @Nullable Problem problem) {
    this.workflow = workflow;
    this.loaders = loaders;
    this.problem = problem;
  }

  /**
   * Reads bytes.
   *
   * @param bytes null where there is no file
   */
  static Reading of(byte @Nullable [] bytes, String name, Supplier<Loaders> loaders) {
    if (bytes == null) {
      return new Reading(null, null, null);
    }
    try {
      Loaders known = loaders.get();
      return new Reading(Workflow.parse(bytes, name, known::widgetNames), known, null);
    } catch (TidepoolException e) {
      return new Reading(null, null, Problem.of(e));
    }
  }

  boolean isReadable() {
    return workflow != null;
  }

  Workflow workflow() {
    return Objects.requireNonNull(workflow);
  }

  WorkflowFacts facts() {
    if (facts == null) {
      facts = WorkflowFacts.of(workflow(), Objects.requireNonNull(loaders));
    }
    return facts;
  }

  Optional<Problem> problem() {
    return Optional.ofNullable(problem);
  }
}
