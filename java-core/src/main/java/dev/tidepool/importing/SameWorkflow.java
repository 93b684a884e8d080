package dev.tidepool.importing;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.workflow.SavedContent;
import dev.tidepool.workflow.Workflow;
import java.util.Arrays;

/** Tells whether two files are one workflow, however they are written. */
final class SameWorkflow {
  private SameWorkflow() {}

  static boolean is(byte[] one, byte[] other) {
    if (Arrays.equals(one, other)) {
      return true;
    }
    try {
      return SavedContent.same(Workflow.parse(one, "mine"), Workflow.parse(other, "theirs"));
    } catch (TidepoolException e) {
      return false;
    }
  }
}
