package dev.tidepool.cli;

import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Has a command that hashes much done by a JVM that compiles for it. The launcher starts most
 * commands with the compiler that is ready soonest, and whose code hashes a tenth as fast: where
 * that would take long, the command begins anew in a process of its own, with the same arguments
 * and the same terminal.
 */
final class FullCompiler {
  /** From here on the quick compiler's code takes longer than to begin anew. */
  private static final long WORTH = 64L << 20;

  /** Set by the launcher, to its own path, where a JVM has the quick compiler only. */
  private static final String ANEW = "tidepool.anew";

  /** Codes from here on name a signal. */
  private static final int SIGNALS = 128;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private FullCompiler() {}

  /**
   * Begins the command anew if so many bytes are worth it; else does nothing. To be called before
   * anything is changed, or where what was changed is gone on from.
   */
  static void expect(long bytes) {
    if (bytes >= WORTH && System.getProperty(ANEW) != null) {
      throw new Wanted();
    }
  }

  /** Runs the command line with the full compiler, and answers its exit code. */
  static int run(List<String> line, Terminal terminal) {
    List<String> command = new ArrayList<>(List.of(System.getProperty(ANEW, "tidepool")));
    command.addAll(line);
    Job job = Job.in(terminal.folder(), command).with(Map.of("TIDEPOOL_COMPILER", "full"));
    terminal.flush();
    // The other process is told to stop, and gets its own time for that.
    terminal.interruption().allow(PATIENCE);
    int code =
        await(
            new ProcessRunner(terminal.environment(), terminal.logs().resolve("anew.log"))
                .startInPlace(job));
    // Before it listens to signals, one ends it as any program.
    return code >= SIGNALS && terminal.interruption().requested() ? ExitCode.STOPPED : code;
  }

  private static int await(Process process) {
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        process.destroy();
      }
    }
  }

  /** Ends what the quick compiler's code had begun with; goes no further than the dispatcher. */
  static final class Wanted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wanted() {
      super("the full compiler is wanted", null, false, false);
    }
  }
}
