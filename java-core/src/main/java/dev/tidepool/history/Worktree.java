package dev.tidepool.history;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.treewalk.WorkingTreeOptions;
import org.jspecify.annotations.Nullable;

/**
 * The files of a repository against its index. A file whose size and times the index knows is not
 * read; JGit's own {@code add} would read every one.
 */
final class Worktree {
  private final Repository repository;

  Worktree(Repository repository) {
    this.repository = repository;
  }

  /** Puts all files that are not ignored into the index, and tells the tree that they make. */
  ObjectId stage(DirCache index, ObjectInserter inserter) throws IOException {
    DirCacheBuilder builder = index.builder();
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(repository, reader)) {
      walk.addTree(new DirCacheIterator(index));
      walk.addTree(files());
      while (walk.next()) {
        @Nullable DirCacheIterator known = walk.getTree(0, DirCacheIterator.class);
        @Nullable WorkingTreeIterator file = walk.getTree(1, WorkingTreeIterator.class);
        if (walk.isSubtree()) {
          if (known != null || (file != null && !file.isEntryIgnored())) {
            walk.enterSubtree();
          }
        } else {
          stage(builder, known, file, inserter);
        }
      }
    }
    builder.finish();
    return index.writeTree(inserter);
  }

  private void stage(
      DirCacheBuilder builder,
      @Nullable DirCacheIterator known,
      @Nullable WorkingTreeIterator file,
      ObjectInserter inserter)
      throws IOException {
    @Nullable DirCacheEntry entry = known == null ? null : known.getDirCacheEntry();
    if (file == null || FileMode.TREE.equals(file.getEntryFileMode())) {
      return;
    }
    if (FileMode.GITLINK.equals(file.getEntryFileMode())) {
      // A repository inside of ours: its files are not ours.
      if (entry != null) {
        builder.add(entry);
      }
      return;
    }
    if (entry == null && file.isEntryIgnored()) {
      return;
    }
    try (ObjectReader reader = repository.newObjectReader()) {
      if (entry != null && entry.getStage() == 0 && !file.isModified(entry, true, reader)) {
        builder.add(entry);
        return;
      }
    }
    builder.add(read(known, file, inserter));
  }

  private static DirCacheEntry read(
      @Nullable DirCacheIterator known, WorkingTreeIterator file, ObjectInserter inserter)
      throws IOException {
    DirCacheEntry made = new DirCacheEntry(file.getEntryPathString());
    made.setFileMode(file.getIndexFileMode(known));
    made.setLength(file.getEntryLength());
    made.setLastModified(file.getEntryLastModifiedInstant());
    try (InputStream content = file.openEntryStream()) {
      made.setObjectId(inserter.insert(Constants.OBJ_BLOB, content.readAllBytes()));
    }
    return made;
  }

  /** What differs from a tree, by path. */
  List<FileChange> changes(@Nullable ObjectId tree) throws IOException {
    List<FileChange> changes = new ArrayList<>();
    DirCache index = repository.readDirCache();
    try (ObjectReader reader = repository.newObjectReader();
        ObjectInserter.Formatter hashing = new ObjectInserter.Formatter();
        TreeWalk walk = new TreeWalk(repository, reader)) {
      if (tree == null) {
        walk.addTree(new EmptyTreeIterator());
      } else {
        walk.addTree(tree);
      }
      walk.addTree(new DirCacheIterator(index));
      walk.addTree(files());
      while (walk.next()) {
        @Nullable DirCacheIterator known = walk.getTree(1, DirCacheIterator.class);
        @Nullable WorkingTreeIterator file = walk.getTree(2, WorkingTreeIterator.class);
        boolean versioned = walk.getRawMode(0) != 0;
        boolean tracked = versioned || known != null;
        if (walk.isSubtree()) {
          if (tracked || (file != null && !file.isEntryIgnored())) {
            walk.enterSubtree();
          }
        } else if (tracked || (file != null && !file.isEntryIgnored())) {
          change(walk, known, file, hashing).ifPresent(changes::add);
        }
      }
    }
    return changes;
  }

  private static Optional<FileChange> change(
      TreeWalk walk,
      @Nullable DirCacheIterator known,
      @Nullable WorkingTreeIterator file,
      ObjectInserter.Formatter hashing)
      throws IOException {
    String path = walk.getPathString();
    boolean versioned = walk.getRawMode(0) != 0;
    boolean there = file != null && isFile(file);
    if (!versioned || !there) {
      FileChange.Kind kind = versioned ? FileChange.Kind.DELETED : FileChange.Kind.ADDED;
      return versioned || there ? Optional.of(new FileChange(path, kind)) : Optional.empty();
    }
    WorkingTreeIterator present = Objects.requireNonNull(file);
    ObjectId before = walk.getObjectId(0);
    boolean same =
        present.getIndexFileMode(known).equals(FileMode.fromBits(walk.getRawMode(0)))
            && before.equals(content(walk, known, present, hashing));
    return same ? Optional.empty() : Optional.of(new FileChange(path, FileChange.Kind.MODIFIED));
  }

  private static boolean isFile(WorkingTreeIterator file) {
    FileMode mode = file.getEntryFileMode();
    return !mode.equals(FileMode.TREE) && !mode.equals(FileMode.GITLINK);
  }

  private static ObjectId content(
      TreeWalk walk,
      @Nullable DirCacheIterator known,
      WorkingTreeIterator file,
      ObjectInserter.Formatter hashing)
      throws IOException {
    @Nullable DirCacheEntry entry = known == null ? null : known.getDirCacheEntry();
    if (entry != null
        && entry.getStage() == 0
        && !file.isModified(entry, true, walk.getObjectReader())) {
      return entry.getObjectId();
    }
    try (InputStream content = file.openEntryStream()) {
      return hashing.idFor(Constants.OBJ_BLOB, content.readAllBytes());
    }
  }

  private FileTreeIterator files() {
    return new FileTreeIterator(
        repository.getWorkTree(),
        repository.getFS(),
        repository.getConfig().get(WorkingTreeOptions.KEY));
  }
}
