package dev.tidepool.importing;

import dev.tidepool.bundle.BundledModel;
import dev.tidepool.workflow.ModelReference;
import dev.tidepool.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * A workflow of a bundle.
 *
 * @param path below the folder of workflows, with {@code .json}
 * @param workflow as it is in the bundle
 * @param uses each model that it loads
 */
record ArrivingWorkflow(String path, Workflow workflow, List<Use> uses) {
  ArrivingWorkflow {
    uses = List.copyOf(uses);
  }

  /**
   * A model that a node names.
   *
   * @param model which of the bundle's it is
   * @param substitute what the node names instead, because that is here and the model is not
   */
  record Use(ModelReference reference, Optional<BundledModel> model, Optional<String> substitute) {}

  /** The name of the workflow: its path without {@code .json}. */
  String name() {
    return path.substring(0, path.length() - ".json".length());
  }
}
