package dev.tidepool.workflow;

/** Whether a node takes part when the workflow runs; the editor's {@code mode} field. */
public enum NodeMode {
  /** It runs: {@code 0}, and whatever is neither of the others. */
  ACTIVE,
  /** It does not run, and neither does what needs it: {@code 2}. */
  MUTED,
  /** It does not run; what comes in goes out: {@code 4}. */
  BYPASSED;

  static NodeMode of(String number) {
    return number.equals("2") ? MUTED : number.equals("4") ? BYPASSED : ACTIVE;
  }
}
