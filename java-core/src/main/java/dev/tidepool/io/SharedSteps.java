package dev.tidepool.io;

/** Lets several threads tell one listener, one call at a time. */
public final class SharedSteps implements Steps {
  private final Steps steps;

  /** Tells this listener. */
  public SharedSteps(Steps steps) {
    this.steps = steps;
  }

  @Override
  public synchronized void begin(String doing) {
    steps.at(doing);
  }

  @Override
  public synchronized void at(String detail) {
    steps.at(detail);
  }

  @Override
  public synchronized void note(String line) {
    steps.note(line);
  }

  @Override
  public synchronized void expect(long bytes) {
    steps.expect(bytes);
  }

  @Override
  public synchronized void total(long units) {
    steps.more(units);
  }

  @Override
  public synchronized void more(long units) {
    steps.more(units);
  }

  @Override
  public synchronized void advance(long units) {
    steps.advance(units);
  }
}
