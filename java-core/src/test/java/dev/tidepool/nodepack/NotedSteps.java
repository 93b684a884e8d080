package dev.tidepool.nodepack;

import dev.tidepool.io.Steps;
import java.util.List;

/** Keeps what a person would read. */
public final class NotedSteps implements Steps {
  private final List<String> notes;

  /** Adds the notes to the list. */
  public NotedSteps(List<String> notes) {
    this.notes = notes;
  }

  @Override
  public void note(String line) {
    notes.add(line);
  }
}
