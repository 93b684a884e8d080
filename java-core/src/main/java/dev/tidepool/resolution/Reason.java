package dev.tidepool.resolution;

/** Why a file comes into question for a name in a workflow, the best reason first. */
public enum Reason {
  /** Its content has the hash that the workflow names, or that was noted when it was chosen. */
  SAME_CONTENT("same-content", "same content"),
  /** The same path, once separators and the folder's own name in front are put right. */
  SAME_PATH("same-path", "same path"),
  /** The same file name in another subfolder. */
  SAME_NAME("same-name", "same name"),
  /** The same file name but for upper and lower case. */
  OTHER_CASE("other-case", "same name, other case"),
  /** The same name with another extension. */
  OTHER_EXTENSION("other-extension", "same name, other extension"),
  /** The same model by its name: another precision, a hash or a copy's number added or missing. */
  VARIANT("variant", "variant of the name"),
  /** The same path or file name, but the content is known to be another one. */
  OTHER_CONTENT("other-content", "same name, other content");

  private final String code;
  private final String words;

  Reason(String code, String words) {
    this.code = code;
    this.words = words;
  }

  /** A stable name for programs, such as {@code same-name}. */
  public String code() {
    return code;
  }

  /** The reason for people. */
  public String words() {
    return words;
  }

  /** Whether a single file with this reason may be taken without asking. */
  public boolean certain() {
    return this == SAME_CONTENT || this == SAME_PATH || this == SAME_NAME;
  }
}
