package dev.tidepool.resolution;

import dev.tidepool.workflow.ModelReference;
import java.util.List;

/**
 * What became of one model of a workflow.
 *
 * @param state how it was settled
 * @param value what has to stand in the workflow; as it is while the model is open
 * @param offers the files that come into question, where any was looked for
 */
public record Resolution(ModelReference reference, State state, String value, List<Offer> offers) {
  /** Copies the list. */
  public Resolution {
    offers = List.copyOf(offers);
  }

  /** How a model was settled, in the order in which that is tried. */
  public enum State {
    /** As it was decided before. */
    DECIDED("decided"),
    /** The value is right as it is. */
    FOUND("found"),
    /** Right once the path is stripped for the node's folder. */
    MENDED("mended"),
    /** Another file that surely is the same model. */
    REPLACED("replaced"),
    /** As the user chose now. */
    CHOSEN("chosen"),
    /** Not settled. */
    OPEN("open");

    private final String code;

    State(String code) {
      this.code = code;
    }

    /** A stable name for programs. */
    public String code() {
      return code;
    }
  }

  /** Whether ComfyUI finds the model once the value stands in the workflow. */
  public boolean isSettled() {
    return state != State.OPEN;
  }

  /** Whether the workflow has to be rewritten for it. */
  public boolean changes() {
    return !value.equals(reference.value());
  }

  /**
   * Whether another file may stand for the model than the workflow names: what it says of that
   * one's address then says nothing.
   */
  public boolean isOtherFile() {
    return changes() && !fileName(value).equals(fileName(reference.value()));
  }

  private static String fileName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
