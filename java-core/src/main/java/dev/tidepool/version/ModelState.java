package dev.tidepool.version;

import java.util.Locale;

/** Whether ComfyUI finds a model that a workflow names. */
public enum ModelState {
  /** By the name as it stands there. */
  FOUND,
  /** Once the path is put right, which a commit does. */
  PATH,
  /** Nowhere by that name. */
  MISSING;

  /** A stable name for programs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
