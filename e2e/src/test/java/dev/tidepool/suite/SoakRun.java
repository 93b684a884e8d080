package dev.tidepool.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.RenderMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed use for a long time: memory stays flat, and no log holds an error. Not run with the tests:
 * {@code e2e/reliability/soak.py} runs it by name.
 */
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    modes = RenderMode.CLASSIC,
    sharedPage = true)
class SoakRun extends PoolSuite {
  private static final double MINUTES = Integer.getInteger("tidepool.soak.minutes", 30);
  private static final double EVERY = Integer.getInteger("tidepool.soak.every", 60) / 60.0;
  private static final long SEED = Long.getLong("tidepool.soak.seed", 1);

  /** How much a minute may add in the second half. */
  private static final double SERVER_LIMIT = 4;

  /** ComfyUI's own page takes 60 kB and 23 listeners more with each run of a graph without us. */
  private static final double HEAP_LIMIT = 3;

  private static final Pattern ERROR = Pattern.compile("Traceback|\\bERROR\\b|Exception");

  @TempDir Path folder;

  @Test
  void memoryStaysFlatAndNoLogHoldsAnError(ComfyUi server) throws IOException {
    Pair pair = addPair(pools.create("Sea", "one.png", "two.png", "three.png"));
    MixedUse use = new MixedUse(pair, pools, folder, SEED);
    Memory memory = new Memory(page.page(), server);
    Figures figures = new Figures("mixed use, seed %d, %s".formatted(SEED, page.mode()));
    Map<String, Integer> done = new TreeMap<>();
    Memory.Sample last = memory.look();
    boolean reloaded = false;
    while (last.minutes() < MINUTES) {
      double next = last.minutes() + EVERY;
      while (memory.minutes() < next) {
        done.merge(use.act(), 1, Integer::sum);
      }
      // Not later, or a leak of the page would not show.
      if (!reloaded && last.minutes() > MINUTES / 4) {
        use.reload();
        reloaded = true;
      }
      last = memory.look();
      figures.line(last.line());
    }
    figures.line(done.values().stream().mapToInt(Integer::intValue).sum() + " actions: " + done);
    report(memory, figures);
    assertThat(Files.readAllLines(server.log())).noneMatch(line -> ERROR.matcher(line).find());
    demandFlat(memory);
  }

  private static void report(Memory memory, Figures figures) throws IOException {
    double server = memory.slope(Memory.Sample::server);
    double heap = memory.slope(Memory.Sample::heap);
    figures.add("second half: server", server, "MB/min (limit %.0f)".formatted(SERVER_LIMIT));
    figures.add("second half: page", heap, "MB/min (limit %.0f)".formatted(HEAP_LIMIT));
    figures.add("second half: nodes", memory.slope(Memory.Sample::nodes), "a minute");
    figures.add("second half: listeners", memory.slope(Memory.Sample::listeners), "a minute");
    figures.print();
  }

  private static void demandFlat(Memory memory) {
    assertThat(memory.slope(Memory.Sample::server))
        .as("MB a minute in the server")
        .isLessThan(SERVER_LIMIT);
    assertThat(memory.slope(Memory.Sample::heap))
        .as("MB a minute in the page")
        .isLessThan(HEAP_LIMIT);
  }
}
