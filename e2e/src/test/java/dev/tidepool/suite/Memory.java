package dev.tidepool.suite;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.tidepool.harness.ComfyUi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Memory of a server on this machine and of a page, over time. Needs Linux's {@code /proc}. */
final class Memory {
  private static final double MEGABYTE = 1024 * 1024;

  /**
   * What was seen at one moment.
   *
   * @param minutes since the beginning
   * @param server resident memory in MB
   * @param heap the page's heap in MB, garbage collected
   * @param nodes of the DOM, those that are only held by scripts among them
   * @param listeners for events
   */
  record Sample(double minutes, double server, double heap, double nodes, double listeners) {
    String line() {
      return String.format(
          Locale.ROOT,
          "%6.1f min  server %7.1f MB  page %6.1f MB  %6.0f nodes  %6.0f listeners",
          minutes,
          server,
          heap,
          nodes,
          listeners);
    }
  }

  private final CDPSession page;
  private final Path status;
  private final long begin = System.nanoTime();
  private final List<Sample> samples = new ArrayList<>();

  Memory(Page page, ComfyUi server) {
    this.page = page.context().newCDPSession(page);
    this.page.send("Performance.enable");
    this.status = Path.of("/proc", Long.toString(process(server)), "status");
  }

  private static long process(ComfyUi server) {
    String base = server.base().toString();
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(base))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no process of this machine serves " + base))
        .pid();
  }

  /** How long it has been looked so far. */
  double minutes() {
    return (System.nanoTime() - begin) / 60e9;
  }

  /** Looks at both now. */
  Sample look() throws IOException {
    // What a first collection lets go of may let go of more.
    page.send("HeapProfiler.collectGarbage");
    page.send("HeapProfiler.collectGarbage");
    JsonObject metrics = page.send("Performance.getMetrics");
    Sample sample =
        new Sample(
            minutes(),
            resident() / MEGABYTE,
            metric(metrics, "JSHeapUsedSize") / MEGABYTE,
            metric(metrics, "Nodes"),
            metric(metrics, "JSEventListeners"));
    samples.add(sample);
    return sample;
  }

  private double resident() throws IOException {
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Double.parseDouble(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new AssertionError(status + " tells no memory");
  }

  private static double metric(JsonObject metrics, String name) {
    for (JsonElement metric : metrics.getAsJsonArray("metrics")) {
      if (metric.getAsJsonObject().get("name").getAsString().equals(name)) {
        return metric.getAsJsonObject().get("value").getAsDouble();
      }
    }
    throw new AssertionError("the browser does not tell " + name);
  }

  /** The slope, per minute, of the line through the second half of the samples (least squares). */
  double slope(ToDoubleFunction<Sample> figure) {
    List<Sample> half = samples.subList(samples.size() / 2, samples.size());
    double meanTime = half.stream().mapToDouble(Sample::minutes).average().orElseThrow();
    double mean = half.stream().mapToDouble(figure).average().orElseThrow();
    double rise = 0;
    double run = 0;
    for (Sample sample : half) {
      double time = sample.minutes() - meanTime;
      rise += time * (figure.applyAsDouble(sample) - mean);
      run += time * time;
    }
    return rise / run;
  }
}
