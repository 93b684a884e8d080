package dev.tidepool.harness;

/** How ComfyUI's page draws nodes. */
public enum RenderMode {
  /** All nodes on one canvas; DOM widgets lie above it. */
  CLASSIC,
  /** Nodes 2.0: every node is an element of its own. */
  NODES_2;

  /** The value of ComfyUI's setting {@code Comfy.VueNodes.Enabled}. */
  boolean usesElements() {
    return this == NODES_2;
  }
}
