package dev.tidepool.workflow;

/** The two shapes that ComfyUI's workflows have. */
public enum WorkflowFormat {
  /** What the editor saves: nodes with positions, widgets and links. */
  EDITOR,
  /** What the editor's "Export (API)" saves and {@code POST /prompt} takes: inputs by node id. */
  API
}
