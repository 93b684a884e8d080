package dev.tidepool.git;

import dev.tidepool.io.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Looks through a commit before anything of it is written. */
final class Safety {
  private static final int LONGEST_LINK = 4096;

  private final String url;
  private final Repository repository;
  private final Set<String> links = new HashSet<>();
  private final Set<String> folders = new HashSet<>();

  Safety(String url, Repository repository) {
    this.url = url;
    this.repository = repository;
  }

  /**
   * Refuses a commit that could write outside of its folder, or into its {@code .git}.
   *
   * @throws dev.tidepool.error.TidepoolException {@code git-content-unsafe}
   */
  void check(ObjectId commit) throws IOException {
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(repository.parseCommit(commit).getTree());
      while (walk.next()) {
        String path = walk.getPathString();
        if (!SafePaths.isSafe(path)) {
          throw GitFailures.unsafe(url, "the path " + Texts.quoted(path));
        }
        if (walk.isSubtree()) {
          folders.add(Texts.key(path));
          walk.enterSubtree();
        } else if (walk.getFileMode(0).equals(FileMode.SYMLINK)) {
          links.add(Texts.key(path));
          checkLink(path, walk.getObjectId(0));
        }
      }
    }
    // Where names differ by case only, files below the folder would be written through the link.
    for (String link : links) {
      if (folders.contains(link)) {
        throw GitFailures.unsafe(url, "the link and the folder " + Texts.quoted(link));
      }
    }
  }

  private void checkLink(String path, ObjectId id) throws IOException {
    ObjectLoader loader = repository.open(id);
    String target =
        loader.getSize() > LONGEST_LINK
            ? ""
            : new String(loader.getBytes(), StandardCharsets.UTF_8);
    if (!staysInside(path, target)) {
      throw GitFailures.unsafe(
          url, "the link " + Texts.quoted(path) + " to " + Texts.quoted(target));
    }
  }

  /** A link may climb only at its beginning, where the folders are no links themselves. */
  static boolean staysInside(String path, String target) {
    if (target.isEmpty() || target.startsWith("/") || target.indexOf(':') >= 0) {
      return false;
    }
    Deque<String> place = new ArrayDeque<>();
    String[] parts = path.split("/");
    for (int i = 0; i < parts.length - 1; i++) {
      place.addLast(parts[i]);
    }
    boolean climbing = true;
    for (String part : target.replaceAll("/+$", "").split("/", -1)) {
      if (part.equals("..")) {
        if (!climbing || place.pollLast() == null) {
          return false;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        climbing = false;
        place.addLast(part);
      }
    }
    return place.isEmpty() || SafePaths.isSafe(String.join("/", place));
  }
}
