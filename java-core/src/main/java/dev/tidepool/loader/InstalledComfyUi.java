package dev.tidepool.loader;

import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A ComfyUI on disk, asked by a small program that its own Python runs: it loads all nodes, as
 * starting ComfyUI does, which takes some ten seconds, and says which inputs list the files of
 * which folder. The answer is kept; it holds until ComfyUI, a node pack or the Python changes. Not
 * thread-safe.
 */
public final class InstalledComfyUi {
  private static final String PROGRAM = "comfyui_facts.py";

  private final ComfyUi comfyUi;
  private final Path python;
  private final ProcessRunner runner;
  private final Path cache;

  /**
   * A ComfyUI that this Python runs.
   *
   * @param cache the folder for answers; made when needed
   */
  public InstalledComfyUi(ComfyUi comfyUi, Path python, ProcessRunner runner, Path cache) {
    this.comfyUi = comfyUi;
    this.python = python;
    this.runner = runner;
    this.cache = cache;
  }

  /**
   * Whether an answer is kept that still holds, and that knows every node pack, so that asking
   * takes no time.
   */
  public boolean isKnown() {
    return complete(stamp()).isPresent();
  }

  /**
   * Whether an answer is kept that still holds. Packs that could not be loaded then are not known,
   * and could not be loaded now.
   */
  public boolean isTried() {
    return kept(stamp()).isPresent();
  }

  /**
   * What the ComfyUI tells of itself. Node packs that could not be loaded are tried again.
   *
   * @throws TidepoolException {@code comfyui-nodes-unknown} when its nodes cannot be loaded, {@code
   *     program-unusable}, {@code stopped}
   */
  public NodeFacts ask() {
    FactsStamp stamp = stamp();
    return complete(stamp).orElseGet(() -> load(stamp));
  }

  private FactsStamp stamp() {
    return FactsStamp.of(comfyUi, python);
  }

  private Optional<NodeFacts> complete(FactsStamp stamp) {
    return kept(stamp).filter(facts -> facts.failed().isEmpty());
  }

  private Optional<NodeFacts> kept(FactsStamp stamp) {
    return answers().read().flatMap(stamp::content).map(FactsFormat::read);
  }

  private KeptFacts answers() {
    return new KeptFacts(comfyUi.folder(), cache);
  }

  private NodeFacts load(FactsStamp stamp) {
    return StorageFailures.translate(
        "ask the ComfyUI in " + comfyUi.folder() + " for its nodes",
        () -> {
          Files.createDirectories(cache);
          Path work = Files.createTempDirectory(cache, ".asking-");
          try {
            byte[] answer = run(work);
            NodeFacts facts = FactsFormat.read(answer);
            AtomicFiles.write(answers().file(), stamp.with(answer));
            return facts;
          } finally {
            Folders.deleteQuietly(work);
          }
        });
  }

  private byte[] run(Path work) throws IOException {
    Path program = work.resolve(PROGRAM);
    try (InputStream in =
        Objects.requireNonNull(InstalledComfyUi.class.getResourceAsStream(PROGRAM))) {
      Files.copy(in, program);
    }
    Path answer = work.resolve("answer.json");
    Job job =
        Job.in(
                comfyUi.folder(),
                List.of(
                    python.toString(),
                    program.toString(),
                    comfyUi.folder().toString(),
                    answer.toString()))
            .with(Map.of("PYTHONUTF8", "1", "PYTHONDONTWRITEBYTECODE", "1", "PYTHONPATH", ""));
    Ended ended = runner.run(job);
    if (!ended.succeeded() || !Files.isRegularFile(answer)) {
      throw new TidepoolException(
          ErrorKind.UNAVAILABLE,
          "comfyui-nodes-unknown",
          "The ComfyUI in " + comfyUi.folder() + " cannot load its nodes: " + ended.reason() + ".",
          "Name the Python that runs it with --python EXE.",
          "The whole story is in " + runner.log() + ".");
    }
    return Files.readAllBytes(answer);
  }
}
