package dev.tidepool.cli;

import dev.tidepool.io.Progress;
import java.time.Clock;

/**
 * One line on a terminal that says how far work is; on anything else it stays silent. Appears after
 * half a second, and disappears with the work. Used by one thread.
 */
final class ProgressBar implements Progress, AutoCloseable {
  private static final long QUIET_MILLIS = 500;
  private static final long PAUSE_MILLIS = 100;
  private static final int WIDTH = 24;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private final String doing;
  private final Clock clock;
  private long begin;
  private long nextLook;
  private long done;
  private long total;
  private boolean shown;

  ProgressBar(Terminal terminal, String doing) {
    this.terminal = terminal;
    this.doing = PrintableText.of(doing);
    this.clock = terminal.clock();
    this.begin = clock.millis();
    this.nextLook = begin + QUIET_MILLIS;
  }

  @Override
  public void total(long units) {
    total = units;
    done = 0;
    begin = clock.millis();
  }

  @Override
  public void more(long units) {
    total += units;
  }

  @Override
  public void advance(long units) {
    done += units;
    if (!terminal.errIsTerminal()) {
      return;
    }
    long now = clock.millis();
    if (now >= nextLook) {
      nextLook = now + PAUSE_MILLIS;
      draw(now);
    }
  }

  @Override
  public void close() {
    if (shown) {
      terminal.err().print(CLEAR_LINE);
      terminal.err().flush();
    }
  }

  private void draw(long now) {
    shown = true;
    StringBuilder line = new StringBuilder(CLEAR_LINE).append(doing);
    if (total > 0 || done > 0) {
      double share = total > 0 ? Math.min(1, (double) done / total) : 0;
      int filled = (int) (share * WIDTH);
      long perSecond = done * 1000 / Math.max(1, now - begin);
      line.append(" [").append("#".repeat(filled)).append(".".repeat(WIDTH - filled)).append("] ");
      line.append((int) (share * 100)).append("% ").append(Sizes.text(perSecond)).append("/s");
      if (perSecond > 0 && total > done) {
        line.append(", ").append(time((total - done) / perSecond)).append(" left");
      }
    }
    terminal.err().print(line);
    terminal.err().flush();
  }

  /** A time as people say it: {@code 40 s}, {@code 3 min}, {@code 2 h 5 min}. */
  private static String time(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = (seconds + 30) / 60;
    return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
