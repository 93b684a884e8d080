package dev.tidepool.git;

import dev.tidepool.io.Steps;
import org.eclipse.jgit.lib.ProgressMonitor;

/** Hears JGit count objects; stops it when this thread is interrupted. */
final class Monitor implements ProgressMonitor {
  private final Steps steps;

  Monitor(Steps steps) {
    this.steps = steps;
  }

  @Override
  public void start(int totalTasks) {}

  @Override
  public void beginTask(String title, int totalWork) {
    steps.at(title);
  }

  @Override
  public void update(int completed) {}

  @Override
  public void endTask() {}

  @Override
  public boolean isCancelled() {
    return Thread.currentThread().isInterrupted();
  }

  @Override
  public void showDuration(boolean enabled) {}
}
