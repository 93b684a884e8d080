package dev.tidepool.model;

import dev.tidepool.io.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that indexes. Arguments: the tree's folder, how many files a transaction has, and
 * {@code steps} to print {@code at} and wait for a line at each step, or {@code through}. Prints in
 * the end how many files it found new, and how many there are.
 */
final class IndexWorker {
  private IndexWorker() {}

  public static void main(String[] arguments) {
    ModelTree tree = new ModelTree(Path.of(arguments[0]));
    int batch = Integer.parseInt(arguments[1]);
    boolean steps = arguments[2].equals("steps");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    Progress progress = new Stepping(steps, in);
    try (ModelIndex index = ModelIndex.open(tree.database(), ModelTree.CLOCK, batch)) {
      IndexReport report = index.index(List.of(ModelRoot.of(tree.models())), progress);
      System.out.println("done " + report.files());
    }
  }

  private record Stepping(boolean steps, BufferedReader in) implements Progress {
    @Override
    public void advance(long units) {
      if (steps) {
        System.out.println("at");
        try {
          in.readLine();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
