package dev.tidepool.resolution;

import java.util.List;

/**
 * A name of a model in a workflow.
 *
 * @param type the node's class, such as {@code CheckpointLoaderSimple}
 * @param input the name of its input, such as {@code ckpt_name}
 * @param value the name
 * @param hashes what the workflow says of the content
 */
public record NamedModel(String type, String input, String value, List<ModelHash> hashes) {
  /** Copies the list. */
  public NamedModel {
    hashes = List.copyOf(hashes);
  }
}
