package dev.tidepool.cli;

import dev.tidepool.io.Steps;
import java.time.Clock;

/**
 * Shows the steps of a long job on standard error. On a terminal the step that is under way has a
 * line that is redrawn, and leaves one that stays when it took a while:
 *
 * <pre>
 * Making a Python 3.12.1 environment, 1 s
 * Installing ComfyUI's requirements [######..................] 25% 38.1 MiB/s torch
 * </pre>
 *
 * <p>Elsewhere each step and each detail is a line of its own. One call at a time.
 */
final class StepReport implements Steps, AutoCloseable {
  private static final long PAUSE_MILLIS = 100;
  private static final long WORTH_MILLIS = 1000;
  private static final int WIDTH = 24;
  private static final int LONGEST_DETAIL = 40;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private final Clock clock;
  private String doing = "";
  private String detail = "";
  private long begin;
  private long nextLook;
  private long done;
  private long total;

  StepReport(Terminal terminal) {
    this.terminal = terminal;
    this.clock = terminal.clock();
  }

  @Override
  public synchronized void begin(String step) {
    end();
    doing = PrintableText.of(step);
    detail = "";
    done = 0;
    total = 0;
    begin = clock.millis();
    if (terminal.errIsTerminal()) {
      draw();
    } else {
      terminal.say(doing);
    }
  }

  @Override
  public void expect(long bytes) {
    FullCompiler.expect(bytes);
  }

  @Override
  public synchronized void at(String what) {
    detail = PrintableText.of(what);
    if (terminal.errIsTerminal()) {
      look();
    } else {
      terminal.say("  " + detail);
    }
  }

  @Override
  public synchronized void note(String line) {
    if (terminal.errIsTerminal()) {
      terminal.err().print(CLEAR_LINE);
    }
    terminal.say(line);
    if (terminal.errIsTerminal() && !doing.isEmpty()) {
      draw();
    }
  }

  @Override
  public synchronized void total(long units) {
    total = units;
  }

  @Override
  public synchronized void advance(long units) {
    done += units;
    if (terminal.errIsTerminal()) {
      look();
    }
  }

  @Override
  public synchronized void close() {
    end();
  }

  private void end() {
    if (doing.isEmpty() || !terminal.errIsTerminal()) {
      return;
    }
    terminal.err().print(CLEAR_LINE);
    long millis = clock.millis() - begin;
    if (millis >= WORTH_MILLIS) {
      terminal.err().println(doing + ", " + millis / 1000 + " s");
    }
    terminal.err().flush();
    doing = "";
  }

  private void look() {
    if (clock.millis() >= nextLook) {
      draw();
    }
  }

  private void draw() {
    long now = clock.millis();
    nextLook = now + PAUSE_MILLIS;
    StringBuilder line = new StringBuilder(CLEAR_LINE).append(doing);
    if (total > 0) {
      double share = Math.min(1, (double) done / total);
      int filled = (int) (share * WIDTH);
      line.append(" [").append("#".repeat(filled)).append(".".repeat(WIDTH - filled)).append("] ");
      line.append((int) (share * 100)).append("% ");
      line.append(Sizes.text(done * 1000 / Math.max(1, now - begin))).append("/s");
    }
    if (!detail.isEmpty()) {
      line.append(' ').append(detail, 0, Math.min(LONGEST_DETAIL, detail.length()));
    }
    terminal.err().print(line);
    terminal.err().flush();
  }
}
