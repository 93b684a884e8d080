package dev.tidepool.history;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.Repositories;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.IoWork;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The versions of an environment: the git repository in its {@code .cec}. A version is a commit on
 * the line of first parents, v1 the oldest, as ComfyDock counts; the tags {@code v1}, {@code v2}…
 * are set beside for the git command, and nothing is read from them.
 *
 * <p>The git command may be used beside: each sees a clean repository after the other. Hooks and
 * filters do not run. Whoever changes the environment holds its lock; the methods that only read
 * may be called at any time.
 */
public final class History {
  private static final String IGNORE =
      """
      # What an environment leaves behind while it is worked on
      staging/
      metadata/
      logs/
      __pycache__/
      *.pyc
      *.tmp
      *.bak

      # Set when the environment was made whole
      .complete
      """;

  private final Path cec;
  private final Clock clock;
  private final Supplier<Identity> who;

  private History(Path cec, Clock clock, Supplier<Identity> who) {
    this.cec = cec;
    this.clock = clock;
    this.who = who;
  }

  /**
   * The history in a folder, whether it exists yet or not.
   *
   * @param clock what commits are dated by
   * @param who commits
   */
  public static History of(Path cec, Clock clock, Identity who) {
    return new History(cec, clock, () -> who);
  }

  /**
   * The same.
   *
   * @param who commits; asked for only then
   */
  public static History of(Path cec, Clock clock, Supplier<Identity> who) {
    return new History(cec, clock, who);
  }

  /** Whether there is a repository with at least one version. */
  public boolean exists() {
    if (!Files.exists(cec.resolve(".git"))) {
      return false;
    }
    return with("read the versions", repository -> repository.resolve(Constants.HEAD) != null);
  }

  /** Makes the repository, without a version, and {@code .gitignore} where it is missing. */
  public void begin() {
    translate(
        "make the git repository in " + cec,
        () -> {
          Path ignore = cec.resolve(".gitignore");
          if (!Files.exists(ignore)) {
            AtomicFiles.write(ignore, IGNORE.getBytes(StandardCharsets.UTF_8));
          }
          if (!Files.exists(cec.resolve(".git").resolve("HEAD"))) {
            Repositories.create(cec);
          }
          return cec;
        });
  }

  /**
   * Makes what {@link #begin} makes, and version v1 of what is there.
   *
   * @throws TidepoolException {@code history-exists}
   */
  public Version create(String message) {
    if (Files.exists(cec.resolve(".git")) && exists()) {
      throw new TidepoolException(
          ErrorKind.CONFLICT, "history-exists", cec + " has versions already.");
    }
    begin();
    return first(message);
  }

  /** Makes version v1 in a repository that was begun and has none. */
  public Version first(String message) {
    return commit(message)
        .orElseThrow(() -> new IllegalStateException("nothing to commit in a new repository"));
  }

  /**
   * Makes a version of all files that are not ignored.
   *
   * @return empty when nothing differs from the last version
   * @throws TidepoolException {@code history-missing}, {@code history-locked}
   */
  public Optional<Version> commit(String message) {
    return with(
        "commit in " + cec,
        repository -> new Commit(repository, cec, clock, who.get()).run(message));
  }

  /**
   * The newest versions, newest first.
   *
   * @param limit how many at most
   */
  public List<Version> versions(int limit) {
    return with(
        "read the versions",
        repository -> {
          Line line = Line.of(repository);
          List<Version> versions = new ArrayList<>();
          for (int number = line.size(); number > 0 && versions.size() < limit; number--) {
            versions.add(line.version(number));
          }
          return List.copyOf(versions);
        });
  }

  /**
   * The version that a user means: {@code v3}, {@code HEAD}, {@code HEAD~1}, or four or more digits
   * of a commit, which may lie beside the line.
   *
   * @throws TidepoolException {@code version-not-found}
   */
  public Version resolve(String target) {
    return with(
        "read the versions",
        repository -> {
          Line line = Line.of(repository);
          Optional<Version> found = line.find(target);
          return found.orElseThrow(() -> notFound(target, line.size()));
        });
  }

  private static TidepoolException notFound(String target, int newest) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "version-not-found",
        "There is no single version " + Texts.quoted(target) + ".",
        newest == 0
            ? "Make the first with tidepool commit."
            : "Versions are v1 to v" + newest + ": tidepool log lists them.");
  }

  /**
   * The files of a version.
   *
   * @throws TidepoolException {@code history-path-unsafe} when one could be written elsewhere
   */
  public Tree tree(Version version) {
    return with(
        "read " + version.name(),
        repository -> Tree.read(cec, repository, ObjectId.fromString(version.commit())));
  }

  /**
   * The files of the last version.
   *
   * @throws TidepoolException {@code version-not-found} when there is none
   */
  public Tree lastTree() {
    return with(
        "read the last version",
        repository -> {
          @Nullable ObjectId head = repository.resolve(Constants.HEAD);
          if (head == null) {
            throw notFound(Constants.HEAD, 0);
          }
          return Tree.read(cec, repository, head);
        });
  }

  /** The contents of all files of a version, by path. */
  public Map<String, byte[]> files(Version version) {
    Tree tree = tree(version);
    return tree.contents(tree.paths());
  }

  /** The files that differ from the last version, by path. */
  public List<FileChange> uncommitted() {
    return with(
        "compare the files with the last version",
        repository -> {
          @Nullable ObjectId head = repository.resolve(Constants.HEAD);
          return new Worktree(repository)
              .changes(head == null ? null : repository.parseCommit(head).getTree());
        });
  }

  /** The commit of the last version. */
  public String head() {
    return resolve(Constants.HEAD).commit();
  }

  /**
   * Makes a commit the last version again, without touching any file; tags of the versions after it
   * go.
   *
   * @param commit forty hex digits
   */
  public void resetTo(String commit) {
    with(
        "go back to " + commit,
        repository -> {
          new Reset(repository, cec).to(ObjectId.fromString(commit));
          return commit;
        });
  }

  private interface RepositoryWork<T> {
    T on(Repository repository) throws IOException;
  }

  private <T> T with(String doing, RepositoryWork<T> work) {
    return translate(
        doing,
        () -> {
          try (Repository repository = Repositories.open(cec)) {
            return work.on(repository);
          }
        });
  }

  private <T> T translate(String doing, IoWork<T> work) {
    return HistoryFailures.translate(cec, doing, work);
  }
}
