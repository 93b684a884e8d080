package dev.tidepool.git;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/**
 * What to check out of a repository.
 *
 * @param remote its full name on the server, or a commit
 * @param local its name here after everything was fetched
 * @param branch empty when it is no branch
 */
record Chosen(String remote, String local, String branch) {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{40}");

  boolean isCommit() {
    return COMMIT.matcher(remote).matches();
  }

  /** Finds what was asked for: a tag before a branch of the same name, as git does. */
  static Optional<Chosen> of(String ref, Collection<Ref> refs) {
    if (COMMIT.matcher(ref).matches()) {
      return Optional.of(new Chosen(ref, ref, ""));
    }
    if (ref.isEmpty()) {
      return refs.stream()
          .filter(known -> known.getName().equals(Constants.HEAD))
          .findFirst()
          .map(head -> ofHead(head, refs));
    }
    for (String prefix : List.of(Constants.R_TAGS, Constants.R_HEADS)) {
      for (Ref known : refs) {
        if (known.getName().equals(prefix + ref)) {
          return Optional.of(named(known.getName()));
        }
      }
    }
    return Optional.empty();
  }

  /** Servers that do not tell which branch HEAD is have one of the usual names. */
  private static Chosen ofHead(Ref head, Collection<Ref> refs) {
    if (head.isSymbolic()) {
      return named(head.getTarget().getName());
    }
    ObjectId commit = Objects.requireNonNull(head.getObjectId());
    for (String usual : List.of("main", "master")) {
      for (Ref known : refs) {
        if (known.getName().equals(Constants.R_HEADS + usual)
            && commit.equals(known.getObjectId())) {
          return named(known.getName());
        }
      }
    }
    return refs.stream()
        .filter(known -> known.getName().startsWith(Constants.R_HEADS))
        .filter(known -> commit.equals(known.getObjectId()))
        .findFirst()
        .map(known -> named(known.getName()))
        .orElseGet(() -> new Chosen(Constants.HEAD, commit.name(), ""));
  }

  private static Chosen named(String name) {
    if (!name.startsWith(Constants.R_HEADS)) {
      return new Chosen(name, name, "");
    }
    String branch = name.substring(Constants.R_HEADS.length());
    return new Chosen(name, Constants.R_REMOTES + "origin/" + branch, branch);
  }

  /** The commit that the server says it is now; of an annotated tag the one that it is about. */
  Optional<String> commit(Collection<Ref> refs) {
    if (isCommit()) {
      return Optional.of(remote.toLowerCase(Locale.ROOT));
    }
    return refs.stream()
        .filter(known -> known.getName().equals(remote))
        .map(
            known ->
                known.getPeeledObjectId() == null ? known.getObjectId() : known.getPeeledObjectId())
        .filter(Objects::nonNull)
        .map(ObjectId::name)
        .findFirst();
  }
}
