package dev.tidepool.download;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Http;
import dev.tidepool.io.Folders;
import dev.tidepool.io.ParallelWork;
import dev.tidepool.io.SharedSteps;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Downloads files, several at a time. What breaks off goes on where it stopped, also in another
 * process; a file takes its name only when its size and its hashes are right.
 *
 * <pre>{@code
 * Downloads downloads = new Downloads(http, cache.resolve("downloads"), locks);
 * for (DownloadOutcome each : downloads.fetch(wanted, steps)) { … }
 * }</pre>
 *
 * <p>Thread-safe; one file is downloaded by one at a time.
 */
public final class Downloads {
  private static final int AT_A_TIME = 4;
  private static final String AGAIN = "The same command goes on from where it stopped.";

  private final Http http;
  private final DownloadQueue queue;

  /**
   * Downloads by these means.
   *
   * @param http with the rule for addresses, and {@link DownloadFailures}
   * @param folder where the queue is kept
   */
  public Downloads(Http http, Path folder, StoreLocks locks) {
    this.http = http;
    this.queue = new DownloadQueue(folder, locks);
  }

  /**
   * What waits, for one who only looks.
   *
   * @param folder where the queue is kept; need not exist
   */
  public static List<WantedFile> waiting(Path folder, StoreLocks locks) {
    return new DownloadQueue(folder, locks).all();
  }

  /** What an interrupted run left to do, and what could not be had. */
  public List<WantedFile> waiting() {
    return queue.all();
  }

  /** Lets files wait no more. */
  public void forget(List<WantedFile> files) {
    queue.remove(files);
  }

  /** Lets files that are there wait no more, and takes away what earlier runs left of them. */
  public void arrived(List<WantedFile> files) {
    for (WantedFile file : files) {
      StorageFailures.translate("clear up " + file.folder(), () -> Fetching.clear(file));
    }
    queue.remove(files);
  }

  /**
   * Gets files. One that cannot be had does not keep the others from coming.
   *
   * @return what came of each, in the order that was asked for
   * @throws TidepoolException {@code disk-too-small} before anything is downloaded; {@code
   *     disk-full}, {@code stopped} and failures of storage. Then what was not done stays in the
   *     queue
   */
  public List<DownloadOutcome> fetch(List<WantedFile> wanted, Steps steps) {
    Map<Path, WantedFile> each = new LinkedHashMap<>();
    wanted.forEach(file -> each.putIfAbsent(file.target(), file));
    List<WantedFile> files = List.copyOf(each.values());
    if (files.isEmpty()) {
      return List.of();
    }
    StorageFailures.translate("look how much space is free", () -> requireSpace(files));
    queue.add(files);
    steps.begin(
        files.size() == 1
            ? "Downloading " + files.get(0).name()
            : "Downloading " + files.size() + " files");
    steps.total(files.stream().mapToLong(file -> Math.max(0, file.size())).sum());
    Steps shared = new SharedSteps(steps);
    return new ParallelWork("download files", AT_A_TIME, AGAIN)
        .with(files, file -> one(file, shared));
  }

  /**
   * Gets one file that vouches for its content itself, as a bundle does: what an earlier run left
   * is taken up when the server calls it the same, although no hash is known. It is not kept in the
   * queue, and its address nowhere: that may be a secret.
   *
   * @throws TidepoolException as {@link #fetch}
   */
  public DownloadOutcome fetchVouched(WantedFile file, Steps steps) {
    StorageFailures.translate("look how much space is free", () -> requireSpace(List.of(file)));
    steps.begin("Downloading " + file.name());
    steps.total(Math.max(0, file.size()));
    return new Fetching(http, file, true, steps).run();
  }

  private DownloadOutcome one(WantedFile file, Steps steps) {
    steps.at(file.name());
    DownloadOutcome outcome = new Fetching(http, file, false, steps).run();
    // Whatever kept it from coming, a token, a server or its owner may mend that.
    if (outcome.file().isPresent()) {
      queue.remove(List.of(file));
    }
    return outcome;
  }

  /** What has to come still must fit, device by device. */
  private static boolean requireSpace(List<WantedFile> files) throws IOException {
    Map<FileStore, Long> needed = new HashMap<>();
    for (WantedFile file : files) {
      Path part = Sidecar.part(file);
      long there = Files.exists(part) ? Files.size(part) : 0;
      if (!Files.exists(file.target())) {
        needed.merge(
            Files.getFileStore(Folders.existing(file.folder())),
            Math.max(0, file.size() - there),
            Long::sum);
      }
    }
    for (Map.Entry<FileStore, Long> each : needed.entrySet()) {
      long free = each.getKey().getUsableSpace();
      if (each.getValue() > free) {
        throw new TidepoolException(
            ErrorKind.NO_SPACE,
            "disk-too-small",
            "The downloads need "
                + each.getValue()
                + " bytes, and "
                + free
                + " are free on "
                + each.getKey()
                + ".",
            "Free some space, then try again.");
      }
    }
    return true;
  }
}
