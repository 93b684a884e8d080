package dev.tidepool.importing;

import dev.tidepool.io.Steps;

/** Fails when a job begins one of its steps. */
final class FailingSteps implements Steps {
  private final int last;
  private int begun;

  /** What it fails with. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Fails at the step of this number, from 0. */
  FailingSteps(int last) {
    this.last = last;
  }

  @Override
  public void begin(String doing) {
    if (begun++ == last) {
      throw new Failed();
    }
  }
}
