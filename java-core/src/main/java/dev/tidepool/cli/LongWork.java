package dev.tidepool.cli;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;

/** Work that may take a while: shows how far it is, and ends cleanly when the user stops it. */
final class LongWork {
  private LongWork() {}

  interface Work<T> {
    T run(Progress progress);
  }

  /**
   * Runs the work.
   *
   * @param doing what the bar says, such as {@code Exporting Sea}
   * @throws TidepoolException {@code stopped} when the user stopped it, besides the work's own
   */
  static <T> T run(Terminal terminal, String doing, Work<T> work) {
    Interruption interruption = terminal.interruption();
    try (ProgressBar bar = new ProgressBar(terminal, doing)) {
      return work.run(new Stoppable(bar, interruption));
    } catch (RuntimeException e) {
      // An interrupted step fails in its own way; what the user needs to hear is that it stopped.
      throw interruption.requested() ? Interruption.stopped() : e;
    }
  }

  private record Stoppable(Progress progress, Interruption interruption) implements Progress {
    @Override
    public void total(long units) {
      check();
      progress.total(units);
    }

    @Override
    public void more(long units) {
      check();
      progress.more(units);
    }

    @Override
    public void advance(long units) {
      check();
      progress.advance(units);
    }

    private void check() {
      if (interruption.requested()) {
        throw Interruption.stopped();
      }
    }
  }
}
