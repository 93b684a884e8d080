package dev.tidepool.manifest;

import java.util.List;
import java.util.Optional;

/**
 * A model that a workflow needs, as {@code [[tool.comfydock.workflows.<name>.models]]} says.
 *
 * @param category its folder among the models: {@code checkpoints}
 * @param criticality {@code required}, {@code flexible} or {@code optional}
 * @param status {@code resolved} or {@code unresolved}
 * @param hash its key in {@code [tool.comfydock.models]}; only of a resolved one
 * @param sources where it can be downloaded
 * @param relativePath where a download should go
 */
public record WorkflowModel(
    String filename,
    String category,
    String criticality,
    String status,
    List<NodeRef> nodes,
    Optional<String> hash,
    List<String> sources,
    Optional<String> relativePath) {
  /** What {@code status} is of a model whose file is known. */
  public static final String RESOLVED = "resolved";

  /** What {@code status} is of a model whose file is not known. */
  public static final String UNRESOLVED = "unresolved";

  /** Copies the lists. */
  public WorkflowModel {
    nodes = List.copyOf(nodes);
    sources = List.copyOf(sources);
  }

  /** Whether it is known which file is meant. */
  public boolean isResolved() {
    return status.equals(RESOLVED);
  }
}
