package dev.tidepool.history;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.Repositories;
import dev.tidepool.git.SafePaths;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The files of one version. Links and repositories inside of it are left out. Immutable. */
public final class Tree {
  private final Path cec;
  private final Map<String, ObjectId> files;

  private Tree(Path cec, Map<String, ObjectId> files) {
    this.cec = cec;
    this.files = Collections.unmodifiableMap(files);
  }

  static Tree read(Path cec, Repository repository, ObjectId commit) throws IOException {
    Map<String, ObjectId> files = new LinkedHashMap<>();
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(repository.parseCommit(commit).getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        FileMode mode = walk.getFileMode(0);
        if (mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE)) {
          files.put(checked(walk.getPathString()), walk.getObjectId(0));
        }
      }
    }
    return new Tree(cec, files);
  }

  private static String checked(String path) {
    if (!SafePaths.isSafe(path)) {
      throw new TidepoolException(
          ErrorKind.MALFORMED,
          "history-path-unsafe",
          "A version holds the file " + Texts.quoted(path) + ", which could be written elsewhere.");
    }
    return path;
  }

  /** The paths of all files below {@code .cec}, with slashes, in git's order. */
  public List<String> paths() {
    return List.copyOf(files.keySet());
  }

  /** Forty hex digits that are equal where contents are; empty when there is no such file. */
  public String id(String path) {
    @Nullable ObjectId id = files.get(path);
    return id == null ? "" : id.name();
  }

  /** The id of a file with this content. */
  public static String idOf(byte[] content) {
    try (ObjectInserter.Formatter hashing = new ObjectInserter.Formatter()) {
      return hashing.idFor(Constants.OBJ_BLOB, content).name();
    }
  }

  /** The content of a file; null when there is none. */
  public byte @Nullable [] bytes(String path) {
    return contents(List.of(path)).get(path);
  }

  /** The contents of those of the files that there are, faster than one after the other. */
  public Map<String, byte[]> contents(Collection<String> paths) {
    return HistoryFailures.translate(
        cec,
        "read a version",
        () -> {
          Map<String, byte[]> contents = new LinkedHashMap<>();
          try (Repository repository = Repositories.open(cec);
              ObjectReader reader = repository.newObjectReader()) {
            for (String path : paths) {
              @Nullable ObjectId id = files.get(path);
              if (id != null) {
                contents.put(path, reader.open(id).getBytes());
              }
            }
          }
          return contents;
        });
  }
}
