package dev.tidepool.node;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.SharedSteps;
import dev.tidepool.io.Steps;
import dev.tidepool.nodepack.FoundPack;
import dev.tidepool.nodepack.Packs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Fetches several packs at the same time. */
final class Downloads {
  private static final int AT_A_TIME = 4;

  private final Packs packs;

  Downloads(Packs packs) {
    this.packs = packs;
  }

  /** Sees to it that the cache holds all of them; what came before one failed stays there. */
  void fetch(List<FoundPack> wanted, Steps steps) {
    List<FoundPack> missing = wanted.stream().filter(p -> !packs.cache().holds(p)).toList();
    if (missing.isEmpty()) {
      return;
    }
    steps.begin(
        missing.size() == 1
            ? "Downloading " + missing.get(0).text()
            : "Downloading " + missing.size() + " node packs");
    steps.total(0);
    Steps shared = new SharedSteps(steps);
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_A_TIME, missing.size()));
    try {
      List<Future<?>> running = new ArrayList<>();
      missing.forEach(pack -> running.add(threads.submit(() -> packs.fetch(pack, shared))));
      for (Future<?> each : running) {
        await(each);
      }
    } finally {
      threads.shutdownNow();
      settle(threads);
    }
  }

  private static void await(Future<?> work) {
    try {
      work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TidepoolException(
          e, ErrorKind.STOPPED, "stopped", "Stopped before it was done: download node packs.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void settle(ExecutorService threads) {
    boolean interrupted = Thread.interrupted();
    try {
      threads.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
