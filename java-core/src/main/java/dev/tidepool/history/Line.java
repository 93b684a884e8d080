package dev.tidepool.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** The commits from HEAD back along first parents, oldest first: v1 is the first of them. */
final class Line {
  private final Repository repository;
  private final List<ObjectId> commits;

  private Line(Repository repository, List<ObjectId> commits) {
    this.repository = repository;
    this.commits = commits;
  }

  static Line of(Repository repository) throws IOException {
    List<ObjectId> commits = new ArrayList<>();
    @Nullable ObjectId head = repository.resolve(Constants.HEAD);
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRetainBody(false);
      while (head != null) {
        RevCommit commit = walk.parseCommit(head);
        commits.add(commit.copy());
        head = commit.getParentCount() == 0 ? null : commit.getParent(0);
      }
    }
    Collections.reverse(commits);
    return new Line(repository, commits);
  }

  int size() {
    return commits.size();
  }

  /** The version with this number, which counts from 1. */
  Version version(int number) throws IOException {
    return version("v" + number, commits.get(number - 1));
  }

  private Version version(String name, ObjectId id) throws IOException {
    RevCommit commit = repository.parseCommit(id);
    return new Version(
        name,
        commit.name(),
        commit.getFullMessage().stripTrailing(),
        commit.getCommitterIdent().getWhenAsInstant());
  }

  /** What a user means by a number, by HEAD, or by a commit's first digits. */
  Optional<Version> find(String target) throws IOException {
    if (target.matches("[vV][1-9][0-9]{0,8}")) {
      return at(Integer.parseInt(target.substring(1)));
    }
    if (target.matches("(?i)HEAD(?:[~^][0-9]{0,8})?")) {
      String steps = target.substring(4);
      int back =
          steps.isEmpty() ? 0 : steps.length() == 1 ? 1 : Integer.parseInt(steps.substring(1));
      return steps.startsWith("^") && back > 1 ? Optional.empty() : at(size() - back);
    }
    return target.matches("[0-9a-fA-F]{4,40}")
        ? byDigits(target.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private Optional<Version> at(int number) throws IOException {
    return number < 1 || number > size() ? Optional.empty() : Optional.of(version(number));
  }

  private Optional<Version> byDigits(String digits) throws IOException {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (commits.get(i).name().startsWith(digits)) {
        found.add(i + 1);
      }
    }
    if (!found.isEmpty()) {
      return found.size() == 1 ? at(found.get(0)) : Optional.empty();
    }
    @Nullable ObjectId beside = repository.resolve(digits + "^{commit}");
    return beside == null
        ? Optional.empty()
        : Optional.of(version(beside.name().substring(0, 8), beside));
  }
}
