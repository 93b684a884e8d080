package dev.tidepool.history;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Moves HEAD and the index to a commit; files stay as they are. */
final class Reset {
  private final Repository repository;
  private final Path cec;

  Reset(Repository repository, Path cec) {
    this.repository = repository;
    this.cec = cec;
  }

  void to(ObjectId commit) throws IOException {
    ObjectId tree = repository.parseCommit(commit).getTree();
    DirCache index = repository.lockDirCache();
    try {
      RefUpdate update = repository.updateRef(Constants.HEAD);
      update.setNewObjectId(commit);
      update.setRefLogMessage("reset: moving to " + commit.name(), false);
      References.expect(update.forceUpdate(), cec);
      fill(index, tree);
      index.write();
      if (!index.commit()) {
        throw new IOException("the index could not be replaced");
      }
    } finally {
      index.unlock();
    }
    dropTags(Line.of(repository).size());
  }

  /** What the index knows about files that are as in the tree stays known. */
  private void fill(DirCache index, ObjectId tree) throws IOException {
    DirCacheBuilder builder = index.builder();
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(tree);
      walk.addTree(new DirCacheIterator(index));
      walk.setRecursive(true);
      while (walk.next()) {
        if (walk.getRawMode(0) == 0) {
          continue;
        }
        @Nullable DirCacheIterator known = walk.getTree(1, DirCacheIterator.class);
        DirCacheEntry entry = new DirCacheEntry(walk.getRawPath());
        entry.setFileMode(walk.getFileMode(0));
        entry.setObjectId(walk.getObjectId(0));
        boolean same =
            known != null && walk.idEqual(0, 1) && walk.getRawMode(0) == walk.getRawMode(1);
        builder.add(same && known != null ? known.getDirCacheEntry() : entry);
      }
    }
    builder.finish();
  }

  private void dropTags(int newest) throws IOException {
    for (Ref tag : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS + "v")) {
      String number = tag.getName().substring(Constants.R_TAGS.length() + 1);
      if (number.matches("[1-9][0-9]{0,8}") && Integer.parseInt(number) > newest) {
        RefUpdate update = repository.updateRef(tag.getName());
        update.setForceUpdate(true);
        References.expect(update.delete(), cec);
      }
    }
  }
}
