import dev.tidepool.io.Progress;
import dev.tidepool.model.IndexReport;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.model.ModelRoot;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Indexes a folder again and again in one process. Arguments: the database, the folder, how often.
 * Prints for each time the milliseconds, the models, the new ones among them and the megabytes of
 * heap that are in use afterwards.
 */
final class IndexBench {
  public static void main(String[] arguments) {
    Path database = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      long begin = System.nanoTime();
      IndexReport report;
      try (ModelIndex index = ModelIndex.open(database, Clock.systemUTC())) {
        report = index.index(List.of(ModelRoot.of(folder)), Progress.none());
      }
      long millis = (System.nanoTime() - begin) / 1_000_000;
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      long used = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
      System.out.println(millis + " " + report.files() + " " + report.added() + " " + used);
    }
  }
}
