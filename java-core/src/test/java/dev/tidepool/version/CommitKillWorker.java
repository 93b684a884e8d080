package dev.tidepool.version;

import dev.tidepool.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Commits one change after the other until it is killed; says what it begins with. */
public final class CommitKillWorker {
  private CommitKillWorker() {}

  /** Arguments: the world's folder, and the first seed. */
  public static void main(String[] arguments) throws IOException {
    VersionWorld world = VersionWorld.at(Path.of(arguments[0]));
    long seed = Long.parseLong(arguments[1]);
    while (true) {
      // At once: a half file would be the worker's fault, not the commit's.
      byte[] text =
          Graphs.text("checkpoints/sea.safetensors", ++seed).getBytes(StandardCharsets.UTF_8);
      AtomicFiles.write(world.environment.liveWorkflows().resolve("portrait.json"), text);
      System.out.println(seed);
      System.out.flush();
      world.commit("Seed " + seed);
    }
  }
}
