package dev.tidepool.version;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Ballast;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs on a small device: a commit or a rollback is tried with ever more pages left. */
public final class VersionFullDiskScenario {
  private static final int MOST_LEFT = 400;
  private static final int STEP = 3;

  private VersionFullDiskScenario() {}

  /** Arguments: the device's folder, and {@code commit} or {@code rollback}. */
  public static void main(String[] arguments) throws IOException {
    Path disk = Path.of(arguments[0]);
    Ballast ballast = new Ballast(disk);
    boolean commit = arguments[1].equals("commit");
    int failed = 0;
    for (int left = 0; left < MOST_LEFT; left += STEP) {
      Path place = disk.resolve("place");
      Folders.delete(place);
      VersionWorld world = world(place);
      RollbackPlan plan = world.rollback().plan(Optional.of("v2"));
      CommitPlan commits = world.plan();
      Map<String, String> before = state(world);
      ballast.leavePages(left);
      boolean done = succeeds(world, commit ? Optional.of(commits) : Optional.empty(), plan);
      ballast.remove();
      require(done != state(world).equals(before), "with " + left + " left, done=" + done);
      if (done) {
        require(failed > 0, "it never failed");
        System.out.println("everything tried, " + failed + " failures");
        return;
      }
      failed++;
    }
    throw new AssertionError("it never succeeded");
  }

  private static VersionWorld world(Path place) throws IOException {
    VersionWorld world = VersionWorld.in(Files.createDirectories(place));
    world.save("portrait", Graphs.text("sea.safetensors", 1));
    world.commit("Two");
    world.save("portrait", Graphs.text("sea.safetensors", 2));
    world.commit("Three");
    world.save("portrait", Graphs.text("sea.safetensors", 3));
    world.save("new", Graphs.text("sea.safetensors", 4));
    return world;
  }

  private static boolean succeeds(
      VersionWorld world, Optional<CommitPlan> commit, RollbackPlan rollback) {
    try {
      if (commit.isPresent()) {
        world.committing().commit(commit.get(), Optional.of("Four"), Steps.silent());
      } else {
        world.rollback().apply(rollback, Steps.silent());
      }
      return true;
    } catch (TidepoolException e) {
      require(e.code().equals("disk-full"), e.code() + " " + e.text() + " " + e.hints());
      return false;
    }
  }

  private static Map<String, String> state(VersionWorld world) throws IOException {
    Map<String, String> state = new TreeMap<>(world.files());
    world
        .history
        .versions(9)
        .forEach(version -> state.put("version " + version.name(), version.commit()));
    return state;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
