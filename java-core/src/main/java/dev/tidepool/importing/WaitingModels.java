package dev.tidepool.importing;

import dev.tidepool.download.DownloadOutcome;
import dev.tidepool.download.Downloads;
import dev.tidepool.download.WantedFile;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.workspace.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * The models that imports left to be downloaded: they were stopped, or a server did not give them.
 * For one thread.
 */
public final class WaitingModels {
  private final Downloads downloads;
  private final Path models;
  private final Path index;
  private final Clock clock;

  /**
   * Those of a workspace.
   *
   * @param models the folder of models
   * @param index hears of what comes
   */
  public WaitingModels(Downloads downloads, Path models, Path index, Clock clock) {
    this.downloads = downloads;
    this.models = models;
    this.index = index;
    this.clock = clock;
  }

  /** How many wait in a workspace; nothing is opened for that but the list, where there is one. */
  public static int count(Workspace workspace) {
    return Downloads.waiting(folder(workspace), new StoreLocks()).size();
  }

  /** Where the list of what waits is. */
  public static Path folder(Workspace workspace) {
    return workspace.cache().resolve("downloads");
  }

  /** What waits, in the order in which it was asked for. */
  public List<WantedFile> all() {
    return downloads.waiting();
  }

  /**
   * Gets some of it.
   *
   * @return what came of each; what did not come waits on
   * @throws dev.tidepool.error.TidepoolException what {@link Downloads#fetch} throws
   */
  public List<DownloadOutcome> fetch(List<WantedFile> files, Steps steps) {
    List<DownloadOutcome> outcomes = downloads.fetch(files, steps);
    IndexedArrivals arrivals = new IndexedArrivals();
    for (DownloadOutcome each : outcomes) {
      each.file()
          .ifPresent(
              file -> arrivals.add(file, each.digest().orElseThrow(), each.wanted().addresses()));
    }
    arrivals.tell(index, clock, models, steps);
    return outcomes;
  }

  /** Lets files wait no more. Parts that came stay, for an import that asks for them again. */
  public void forget(List<WantedFile> files) {
    downloads.forget(files);
  }
}
