package dev.tidepool.exporting;

import dev.tidepool.bundle.SigningKey;
import java.util.List;
import java.util.Optional;

/**
 * What is to be exported.
 *
 * @param workflows names of workflows, as {@code portrait}, {@code portrait.json} or {@code
 *     drafts/portrait}; none for all of the environment
 * @param withModels whether the model files go into the bundle
 * @param withPools whether the pool profiles go into it that the workflows name
 * @param key signs it, when there is one
 */
public record ExportRequest(
    List<String> workflows, boolean withModels, boolean withPools, Optional<SigningKey> key) {
  /** Copies the list. */
  public ExportRequest {
    workflows = List.copyOf(workflows);
  }

  boolean isWhole() {
    return workflows.isEmpty();
  }
}
