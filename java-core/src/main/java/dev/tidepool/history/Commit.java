package dev.tidepool.history;

import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Makes one commit: first the objects, then the index, then HEAD, then the tag. Killed in between,
 * the files are uncommitted still, or the tag is missing; neither hinders the next commit.
 */
final class Commit {
  private final Repository repository;
  private final Path cec;
  private final Clock clock;
  private final Identity who;

  Commit(Repository repository, Path cec, Clock clock, Identity who) {
    this.repository = repository;
    this.cec = cec;
    this.clock = clock;
    this.who = who;
  }

  /**
   * Commits what differs.
   *
   * @throws TidepoolException {@code history-locked}
   */
  Optional<Version> run(String message) throws IOException {
    @Nullable ObjectId head = repository.resolve(Constants.HEAD);
    DirCache index = repository.lockDirCache();
    ObjectId commit;
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId tree = new Worktree(repository).stage(index, inserter);
      boolean changed = head == null || !repository.parseCommit(head).getTree().equals(tree);
      commit = changed ? inserter.insert(described(tree, head, message)) : ObjectId.zeroId();
      inserter.flush();
      index.write();
      if (!index.commit()) {
        throw new IOException("the index could not be replaced");
      }
    } finally {
      index.unlock();
    }
    if (commit.equals(ObjectId.zeroId())) {
      return Optional.empty();
    }
    moveHead(head, commit, message);
    Line line = Line.of(repository);
    tag("v" + line.size(), commit);
    return Optional.of(line.version(line.size()));
  }

  private CommitBuilder described(ObjectId tree, @Nullable ObjectId head, String message) {
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(tree);
    if (head != null) {
      builder.setParentId(head);
    }
    PersonIdent person = new PersonIdent(who.name(), who.email(), clock.instant(), clock.getZone());
    builder.setAuthor(person);
    builder.setCommitter(person);
    builder.setMessage(message.stripTrailing() + "\n");
    return builder;
  }

  private void moveHead(@Nullable ObjectId head, ObjectId commit, String message)
      throws IOException {
    RefUpdate update = repository.updateRef(Constants.HEAD);
    update.setNewObjectId(commit);
    update.setExpectedOldObjectId(head == null ? ObjectId.zeroId() : head);
    update.setRefLogIdent(
        new PersonIdent(who.name(), who.email(), clock.instant(), clock.getZone()));
    update.setRefLogMessage("commit: " + message.lines().findFirst().orElse(""), false);
    References.expect(update.update(), cec);
  }

  private void tag(String name, ObjectId commit) throws IOException {
    RefUpdate update = repository.updateRef(Constants.R_TAGS + name);
    update.setNewObjectId(commit);
    update.disableRefLog();
    References.expect(update.forceUpdate(), cec);
  }
}
