package dev.tidepool.harness.golden;

/**
 * A node that ComfyUI refused or that failed.
 *
 * @param node the node's id; empty when the whole workflow was refused
 * @param type the exception's type, or the kind of refusal
 * @param message what ComfyUI says
 */
public record Failure(String node, String type, String message) {
  /** The failure in one line. */
  public String text() {
    String place = node.isEmpty() ? "the workflow" : "node " + node;
    return place + ": " + type + ": " + message;
  }
}
