package dev.tidepool.workflow;

import dev.tidepool.loader.ModelFiles;
import java.util.List;

/**
 * What became of one model of a workflow when its path was checked.
 *
 * @param value what the node needs: the value as it is, or its new spelling
 * @param elsewhere where files of that name are, when the model is not found
 */
public record PathCheck(
    ModelReference reference, State state, String value, List<ModelFiles.Found> elsewhere) {
  /** Whether ComfyUI finds a model. */
  public enum State {
    /** By the value as it is. */
    FOUND,
    /** By another spelling of the value. */
    REWRITTEN,
    /** Not, since its file is in the folder of other models. */
    MISPLACED,
    /** Not. */
    MISSING
  }

  /** Copies the list. */
  public PathCheck {
    elsewhere = List.copyOf(elsewhere);
  }

  /** Whether ComfyUI finds the model once the workflow is rewritten. */
  public boolean isFine() {
    return state == State.FOUND || state == State.REWRITTEN;
  }

  /** One sentence about what is wrong, for people; empty when nothing is. */
  public String message() {
    return switch (state) {
      case FOUND, REWRITTEN -> "";
      case MISPLACED ->
          "Model must be under "
              + reference.folder()
              + "/ directory for "
              + reference.node().type()
              + " to find it";
      case MISSING -> "No model " + reference.value() + " in " + reference.folder() + "/";
    };
  }

  /** What to do about it; empty when nothing is known. */
  public String advice() {
    if (elsewhere.isEmpty()) {
      String url = reference.declared().map(DeclaredModel::url).orElse("");
      return isFine() || url.isEmpty() ? "" : "The workflow says where it is to be had: " + url;
    }
    ModelFiles.Found found = elsewhere.get(0);
    return state == State.MISPLACED
        ? "It is at " + found.fullPath() + "; move it to " + reference.folder() + "/" + found.path()
        : "There is " + found.fullPath();
  }
}
