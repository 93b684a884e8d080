package dev.tidepool.git;

import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is a git repository, such as a node pack that somebody works on. Only looked at:
 * nothing is written, and nothing that its settings name is run. Thread-safe.
 */
public final class WorkTree {
  private final Path folder;

  private WorkTree(Path folder) {
    this.folder = folder;
  }

  /** The repository whose top is this folder; empty when there is none, or none that is whole. */
  public static Optional<WorkTree> of(Path folder) {
    if (!Files.exists(folder.resolve(".git"))) {
      return Optional.empty();
    }
    return StorageFailures.translate(
        "look at the repository " + folder,
        () -> {
          try (Repository repository = Repositories.open(folder)) {
            return repository.getObjectDatabase().exists()
                ? Optional.of(new WorkTree(folder))
                : Optional.empty();
          } catch (RepositoryNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /** The commit that is checked out; empty before the first. */
  public Optional<String> head() {
    return with(
        repository -> Optional.ofNullable(repository.resolve(Constants.HEAD)).map(ObjectId::name));
  }

  /** The branch; empty when HEAD is detached. */
  public Optional<String> branch() {
    return with(
        repository -> {
          @Nullable String full = repository.getFullBranch();
          return full != null && full.startsWith(Constants.R_HEADS)
              ? Optional.of(full.substring(Constants.R_HEADS.length()))
              : Optional.empty();
        });
  }

  /** The address of the remote {@code origin}, without a password or token before the host. */
  public Optional<String> origin() {
    return with(
        repository ->
            Optional.ofNullable(repository.getConfig().getString("remote", "origin", "url"))
                .map(RepositoryUrl::withoutPassword));
  }

  /**
   * Whether a branch of the remote {@code origin}, as far as it was fetched, has the commit checked
   * out. Tags do not count: nothing says whether they were pushed.
   */
  public boolean isPublished() {
    return with(
        repository -> {
          @Nullable ObjectId head = repository.resolve(Constants.HEAD);
          if (head == null) {
            return false;
          }
          List<Ref> refs =
              repository.getRefDatabase().getRefsByPrefix(Constants.R_REMOTES + "origin/");
          try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedIntoAny(walk.parseCommit(head), refs);
          }
        });
  }

  /** Whether a file of the commit was changed or deleted, or one was staged. */
  public boolean isDirty() {
    return with(WorkTree::isDirty);
  }

  private static boolean isDirty(Repository repository) throws IOException {
    @Nullable ObjectId head = repository.resolve(Constants.HEAD);
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(repository, reader)) {
      if (head == null) {
        walk.addTree(new EmptyTreeIterator());
      } else {
        walk.addTree(repository.parseCommit(head).getTree());
      }
      walk.addTree(new DirCacheIterator(repository.readDirCache()));
      walk.addTree(new FileTreeIterator(repository));
      while (walk.next()) {
        boolean tracked = walk.getRawMode(0) != 0 || walk.getRawMode(1) != 0;
        if (tracked && walk.isSubtree()) {
          walk.enterSubtree();
        } else if (tracked && differs(walk, reader)) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean differs(TreeWalk walk, ObjectReader reader) throws IOException {
    @Nullable DirCacheIterator staged = walk.getTree(1, DirCacheIterator.class);
    @Nullable WorkingTreeIterator file = walk.getTree(2, WorkingTreeIterator.class);
    if (staged == null || !walk.idEqual(0, 1) || walk.getRawMode(0) != walk.getRawMode(1)) {
      return true;
    }
    if (walk.getFileMode(1).equals(FileMode.GITLINK)) {
      return false;
    }
    return file == null || file.isModified(staged.getDirCacheEntry(), true, reader);
  }

  private interface Look<T> {
    T at(Repository repository) throws IOException;
  }

  private <T> T with(Look<T> look) {
    return StorageFailures.translate(
        "look at the repository " + folder,
        () -> {
          try (Repository repository = Repositories.open(folder)) {
            return look.at(repository);
          }
        });
  }
}
