package dev.tidepool.harness.golden;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.harness.ComfyApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Tests workflows against their goldens on one server. A workflow that cannot be tested does not
 * stop the others: its verdict says why. To be used by one thread.
 */
public final class WorkflowTest implements AutoCloseable {
  private final Server server;
  private final String base;
  private final Conversion conversion;

  /**
   * Connects to a server.
   *
   * @param base the server's base directory, when it was started for this run and nobody else uses
   *     it
   * @throws GoldenException when the server cannot be reached
   */
  public WorkflowTest(ComfyApi api, Optional<Path> base, Conversion conversion) {
    this.server = new Server(api, base.isPresent());
    this.base = base.map(Path::toString).orElse("");
    this.conversion = conversion;
  }

  /** Runs a workflow and compares. */
  public Verdict test(Path file) {
    return run(file, Optional.empty());
  }

  /**
   * Runs a workflow and, where it differs, writes its golden anew.
   *
   * @param announce gets the verdict as it is before anything is written
   */
  public Verdict update(Path file, Consumer<Verdict> announce) {
    return run(file, Optional.of(announce));
  }

  private Verdict run(Path file, Optional<Consumer<Verdict>> update) {
    long begin = System.nanoTime();
    try {
      Workflow workflow = Workflow.read(file);
      TestSettings settings = TestSettings.read(workflow.beside(".test.json"));
      GoldenStore store = new GoldenStore(workflow.beside(".golden"));
      // Read first: whoever has a damaged golden need not wait for the run.
      Optional<Results> golden = golden(store, update.isPresent());
      Outcome outcome = execute(workflow, settings);
      Verdict verdict = compared(file, golden, outcome, settings, begin);
      return update.isPresent() && verdict.status() != Verdict.Status.SAME
          ? written(verdict, store, outcome.results(), update.get())
          : verdict;
    } catch (GoldenException e) {
      return broken(file, e, begin);
    } catch (Server.TimeLimitException e) {
      GoldenException error =
          new GoldenException(
              "The workflow takes longer than it may, and "
                  + (server.isBusy() ? "does not stop." : "was stopped."),
              "\"time_limit_seconds\" in %s.test.json allows more than the usual %s."
                  .formatted(Workflow.nameOf(file), TestSettings.USUAL.timeLimit().toSeconds()));
      return broken(file, error, begin);
    } catch (OutOfMemoryError e) {
      GoldenException error =
          new GoldenException(
              "The workflow's results need more memory than there is.",
              "The environment variable JAVA_TOOL_OPTIONS=-Xmx8g allows 8 GB.");
      return broken(file, error, begin);
    }
  }

  /** The golden; a damaged one is none where it is to be written anew. */
  private static Optional<Results> golden(GoldenStore store, boolean replaced) {
    try {
      return store.read();
    } catch (DamagedGoldenException e) {
      if (replaced) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Verdict written(
      Verdict verdict, GoldenStore store, Results results, Consumer<Verdict> announce) {
    announce.accept(verdict);
    try {
      store.write(results);
    } catch (IOException e) {
      throw new GoldenException("The golden cannot be written: " + e + ".");
    }
    return new Verdict(
        verdict.file(),
        Verdict.Status.UPDATED,
        verdict.differences(),
        "",
        List.of(),
        verdict.results(),
        verdict.times(),
        verdict.duration());
  }

  private static Verdict compared(
      Path file, Optional<Results> golden, Outcome outcome, TestSettings settings, long begin) {
    List<Difference> differences =
        golden
            .map(expected -> Comparison.of(expected, outcome.results(), settings))
            .orElse(List.of());
    Verdict.Status status =
        golden.isEmpty()
            ? Verdict.Status.MISSING
            : differences.isEmpty() ? Verdict.Status.SAME : Verdict.Status.DIFFERENT;
    boolean missing = golden.isEmpty();
    return new Verdict(
        file,
        status,
        differences,
        missing ? "There is no golden yet." : "",
        missing ? List.of("Run again with --update to store what came out.") : List.of(),
        Optional.of(outcome.results()),
        outcome.times(),
        since(begin));
  }

  private static Verdict broken(Path file, GoldenException error, long begin) {
    return new Verdict(
        file,
        Verdict.Status.BROKEN,
        List.of(),
        String.valueOf(error.getMessage()),
        error.hints(),
        Optional.empty(),
        List.of(),
        since(begin));
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private record Outcome(Results results, List<NodeTime> times) {}

  private Outcome execute(Workflow workflow, TestSettings settings) {
    Inputs.upload(workflow, settings, server);
    ObjectNode prompt = workflow.json().deepCopy();
    ObjectNode extra = prompt.objectNode();
    if (workflow.format() == Workflow.Format.EDITOR) {
      prompt = conversion.toPrompt(workflow.json());
      // What the page sends along, for nodes that look at the whole workflow.
      extra.putObject("extra_pnginfo").set("workflow", workflow.json());
    }
    Seeds.fix(prompt, workflow.format(), settings);
    server.forget(settings.timeLimit());
    PromptRun first = run(prompt, extra, settings);
    Collector collector = new Collector(server::fetch, base);
    List<Failure> failures = collector.failures(first.failures());
    if (!first.began()) {
      Results results = new Results(new TreeSet<>(), new TreeSet<>(), Results.nodes(), failures);
      return new Outcome(results, List.of());
    }
    var outputs = collector.outputs(server.outputs(first));
    server.discard(first);
    TreeSet<String> cached = new TreeSet<>();
    if (failures.isEmpty()) {
      PromptRun second = run(prompt, extra, settings);
      cached.addAll(second.cached());
      server.discard(second);
    }
    return new Outcome(
        new Results(first.executed(), cached, outputs, failures), first.times(prompt));
  }

  private PromptRun run(ObjectNode prompt, ObjectNode extra, TestSettings settings) {
    PromptRun run = server.run(prompt, extra, settings.timeLimit());
    if (run.interrupted()) {
      throw new GoldenException("Somebody stopped the workflow on the server.");
    }
    return run;
  }

  /** Whether the server, which others use too, still runs a workflow that was stopped. */
  public boolean isBusy() {
    return server.isBusy();
  }

  @Override
  public void close() {
    server.close();
  }
}
