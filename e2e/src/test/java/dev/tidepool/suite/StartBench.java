package dev.tidepool.suite;

import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.ServerSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Times ComfyUI's start with the pack and without, in turn. No test: {@code e2e/bench/run.py} runs
 * it by name.
 */
class StartBench {
  private static final int ROUNDS = Integer.getInteger("tidepool.bench.rounds", 7);

  @Test
  void measure() throws IOException {
    ServerSettings with =
        ServerSettings.fromProperties().withNodes(List.of("PoolProfile", "GridImagePool"));
    // Once each, so that all files are in memory and all Python is compiled.
    start(with.withoutPacks());
    start(with);
    List<Double> withPack = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      without.add(start(with.withoutPacks()));
      withPack.add(start(with));
    }
    Figures figures = new Figures("ComfyUI's start until it answers, %d rounds".formatted(ROUNDS));
    figures.add("without the pack: median", median(without), "s");
    figures.add("with the pack: median", median(withPack), "s");
    figures.add("growth (goal: 0.7)", median(withPack) - median(without), "s");
    figures.add("ratio", median(withPack) / median(without), "x");
    figures.print();
  }

  private static double start(ServerSettings settings) {
    long begin = System.nanoTime();
    ComfyUi server = ComfyUi.start(settings);
    double seconds = (System.nanoTime() - begin) / 1e9;
    server.close();
    return seconds;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
