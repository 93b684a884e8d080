package dev.tidepool.profile;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.Progress;
import dev.tidepool.pool.NewImage;
import dev.tidepool.pool.PoolStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process that {@link CrashTest} kills. Reads one {@link Step} a line, carries it out, and
 * acknowledges it with {@code done} and the id of the profile it made, if it made one.
 */
final class CrashWorker {
  private final ProfileStore store;
  private final Path exports;
  private final TestPictures pictures;

  private CrashWorker(Path folder) {
    this.store = BaseRules.open(folder.resolve("grid_pool"));
    this.exports = folder.resolve("exports");
    this.pictures = new TestPictures(folder.resolve("pictures"));
  }

  static ChildJvm start(List<String> options, Path folder) throws IOException {
    return ChildJvm.start(options, CrashWorker.class, folder);
  }

  /** Argument: the folder that holds the base, the exports and the pictures. */
  public static void main(String[] arguments) throws IOException {
    CrashWorker worker = new CrashWorker(Path.of(arguments[0]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    @Nullable String line;
    while ((line = in.readLine()) != null) {
      String answer;
      try {
        answer = "done\t" + worker.perform(Step.parse(line));
      } catch (TidepoolException | IOException e) {
        answer = "failed\t" + e;
      }
      System.out.println(answer);
      System.out.flush();
    }
  }

  private String perform(Step step) throws IOException {
    PoolStore pools = store.pools();
    String id = step.id();
    List<String> names = step.names();
    switch (step.operation()) {
      case CREATE -> store.create(step.text(), id, 0);
      case RENAME -> store.rename(id, step.text());
      case DUPLICATE -> {
        return store.duplicate(id, step.text(), Progress.none()).id();
      }
      case DELETE -> store.delete(id);
      case RESTORE -> store.restore(id);
      case EXPORT -> store.exportTo(id, exports.resolve(step.text()), Progress.none());
      case IMPORT -> {
        return store.importFrom(exports.resolve(step.text()), null, Progress.none()).id();
      }
      case ADD -> {
        List<NewImage> images = new ArrayList<>();
        for (int picture : step.pictures()) {
          images.add(new NewImage(picture + ".png", pictures.file(picture)));
        }
        pools.add(id, images, Progress.none());
      }
      case REMOVE -> pools.remove(id, names);
      case BRING_BACK -> pools.restore(id, names);
      case REORDER -> pools.reorder(id, names);
      case ACTIVATE -> pools.activate(id, names.get(0));
      case LABEL -> pools.label(id, names.get(0), step.text());
      case ENABLE -> pools.enable(id, names, true);
      case DISABLE -> pools.enable(id, names, false);
      case MASK -> pools.attachMask(id, names.get(0), pictures.file(step.pictures().get(0)));
      case UNMASK -> pools.removeMask(id, names.get(0));
    }
    return "";
  }
}
