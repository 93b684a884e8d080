package dev.tidepool.suite;

import dev.tidepool.harness.ComfyUiProcess;
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
        ServerSettings.fromProperties(
            List.of("PoolProfile", "GridImagePool"), List.of("--disable-api-nodes"));
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
    try (ComfyUiProcess server = ComfyUiProcess.start(settings)) {
      return server.startTime().toMillis() / 1000.0;
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
