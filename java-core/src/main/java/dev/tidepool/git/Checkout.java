package dev.tidepool.git;

import dev.tidepool.io.Steps;
import java.io.IOException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheCheckout;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;

/** Writes a commit's files into an empty work tree, and points HEAD at it. */
final class Checkout {
  private final Repository repository;
  private final Steps steps;

  Checkout(Repository repository, Steps steps) {
    this.repository = repository;
    this.steps = steps;
  }

  void run(Chosen chosen, ObjectId commit, GitClone.Depth depth) throws IOException {
    DirCache index = repository.lockDirCache();
    try {
      DirCacheCheckout checkout =
          new DirCacheCheckout(repository, index, repository.parseCommit(commit).getTree());
      checkout.setFailOnConflict(true);
      checkout.setProgressMonitor(new Monitor(steps));
      checkout.checkout();
    } finally {
      index.unlock();
    }
    if (depth == GitClone.Depth.FULL && !chosen.branch().isEmpty()) {
      branch(chosen.branch(), commit);
    } else {
      RefUpdate head = repository.updateRef(Constants.HEAD, true);
      head.setNewObjectId(commit);
      moved(head.forceUpdate());
    }
  }

  private void branch(String name, ObjectId commit) throws IOException {
    RefUpdate branch = repository.updateRef(Constants.R_HEADS + name);
    branch.setNewObjectId(commit);
    moved(branch.forceUpdate());
    moved(repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + name));
    StoredConfig config = repository.getConfig();
    config.setString("branch", name, "remote", "origin");
    config.setString("branch", name, "merge", Constants.R_HEADS + name);
    config.save();
  }

  private static void moved(RefUpdate.Result result) throws IOException {
    switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
      default -> throw new IOException("git refused to point at the commit: " + result);
    }
  }
}
