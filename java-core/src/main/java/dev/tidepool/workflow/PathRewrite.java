package dev.tidepool.workflow;

/**
 * One value of a workflow's file that changes.
 *
 * @param reference the model that the value names
 * @param before the value as it is
 * @param after the value as it will be
 */
public record PathRewrite(ModelReference reference, String before, String after) {
  /** Where the value stands in the file. */
  public JsonValue place() {
    return reference.place();
  }
}
