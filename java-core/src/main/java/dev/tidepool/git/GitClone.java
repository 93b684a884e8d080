package dev.tidepool.git;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.LsRemoteCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SubmoduleConfig.FetchRecurseSubmodulesMode;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * Clones a repository of others. What it holds is looked through before a file is written: paths
 * that lead elsewhere, links that do, and anything named like {@code .git} are refused. Submodules
 * stay empty folders; hooks, filters and settings of the user do not apply. For one thread.
 */
public final class GitClone {
  private static final int TIMEOUT_SECONDS = 15;
  private static final String FETCHED = "refs/tidepool/source";

  private final RepositoryUrl url;
  private final String address;
  private final Steps steps;
  private @Nullable Collection<Ref> known;

  /** How much of the history comes along. */
  public enum Depth {
    /** One commit, which HEAD points at: to use the files. */
    SHALLOW,
    /** All branches and tags, with a local branch where a branch was asked for: to work on. */
    FULL
  }

  /**
   * Clones from an address.
   *
   * @throws TidepoolException {@code repository-url-invalid}, {@code git-transport-refused}
   */
  public GitClone(String address, Transports transports, Steps steps) {
    Repositories.isolate();
    this.url = RepositoryUrl.parse(address);
    this.address = address.strip();
    this.steps = steps;
    boolean allowed =
        url.isLocal()
            ? transports == Transports.ALSO_LOCAL
            : List.of("https", "http").contains(url.scheme());
    if (!allowed) {
      throw GitFailures.transport(url);
    }
  }

  /**
   * The names of the repository's tags, without {@code refs/tags/}, in its order.
   *
   * @throws TidepoolException {@code git-unreachable}
   */
  public List<String> tags() throws IOException {
    return refs().stream()
        .map(Ref::getName)
        .filter(name -> name.startsWith(Constants.R_TAGS))
        .map(name -> name.substring(Constants.R_TAGS.length()))
        .toList();
  }

  /**
   * What a ref means now.
   *
   * @param commit forty hex digits
   * @param branch empty when it is no branch
   */
  public record Found(String commit, Optional<String> branch) {}

  /**
   * Looks a ref up without cloning.
   *
   * @param ref a tag, a branch or a whole commit, which is taken as it is; empty for the
   *     repository's own choice
   * @throws TidepoolException {@code git-unreachable}, {@code git-ref-not-found}
   */
  public Found find(String ref) throws IOException {
    Collection<Ref> refs = refs();
    Chosen chosen = chosen(ref, refs);
    Optional<String> branch = Optional.of(chosen.branch()).filter(name -> !name.isEmpty());
    return new Found(
        chosen.commit(refs).orElseThrow(() -> GitFailures.refNotFound(url.text(), ref)), branch);
  }

  private Chosen chosen(String ref, Collection<Ref> refs) {
    return Chosen.of(ref, refs).orElseThrow(() -> GitFailures.refNotFound(url.text(), ref));
  }

  /**
   * Clones into a folder that does not exist yet.
   *
   * @param ref a tag, a branch or a whole commit; empty for the repository's own choice
   * @return the commit, forty hex digits
   * @throws TidepoolException {@code git-unreachable}, {@code git-ref-not-found}, {@code
   *     git-content-unsafe}; the folder is gone then
   */
  public String run(String ref, Depth depth, Path folder) throws IOException {
    boolean done = false;
    try {
      Collection<Ref> refs = refs();
      steps.begin("Cloning " + url.text() + (ref.isEmpty() ? "" : "@" + ref));
      String commit = fetched(ref, depth, refs, folder);
      done = true;
      return commit;
    } catch (GitAPIException | JGitInternalException | URISyntaxException e) {
      throw GitFailures.unreachable(url.text(), e);
    } finally {
      if (!done) {
        Folders.deleteQuietly(folder);
      }
    }
  }

  private Collection<Ref> refs() throws IOException {
    Collection<Ref> refs = known;
    if (refs == null) {
      steps.begin("Looking at " + url.text());
      // JGit looks into a repository on a plain web server only from a repository.
      try (Repository none = none()) {
        LsRemoteCommand looking = new LsRemoteCommand(none);
        refs = looking.setRemote(address).setTimeout(TIMEOUT_SECONDS).call();
      } catch (GitAPIException | JGitInternalException e) {
        throw GitFailures.unreachable(url.text(), e);
      }
      known = refs;
    }
    return refs;
  }

  private static Repository none() throws IOException {
    InMemoryRepository.Builder builder = new InMemoryRepository.Builder();
    builder.setRepositoryDescription(new DfsRepositoryDescription("none"));
    return builder.setFS(FS.DETECTED).build();
  }

  private String fetched(String ref, Depth depth, Collection<Ref> refs, Path folder)
      throws GitAPIException, URISyntaxException, IOException {
    Repositories.create(folder);
    try (Repository repository = Repositories.ours(folder);
        Git git = new Git(repository)) {
      git.remoteAdd().setName("origin").setUri(new URIish(url.text())).call();
      Chosen chosen = chosen(ref, refs);
      ObjectId commit = depth == Depth.FULL ? everything(git, chosen) : one(git, chosen);
      new Safety(url.text(), repository).check(commit);
      new Checkout(repository, steps).run(chosen, commit, depth);
      return commit.name();
    }
  }

  private ObjectId one(Git git, Chosen chosen) throws GitAPIException, IOException {
    if (url.isLocal() && chosen.isCommit()) {
      return everything(git, chosen);
    }
    Optional<ObjectId> fetched = Optional.empty();
    try {
      fetch(git, 1, new RefSpec("+" + chosen.remote() + ":" + FETCHED));
      fetched = commit(git, FETCHED);
    } catch (TransportException e) {
      // Not every server hands out a commit by its name: then the whole history comes.
      if (!chosen.isCommit()) {
        throw e;
      }
      steps.at("the whole history");
    }
    return fetched.isPresent() ? fetched.get() : everything(git, chosen);
  }

  private ObjectId everything(Git git, Chosen chosen) throws GitAPIException, IOException {
    fetch(
        git,
        0,
        new RefSpec("+refs/heads/*:refs/remotes/origin/*"),
        new RefSpec("+refs/tags/*:refs/tags/*"));
    Optional<ObjectId> commit = commit(git, chosen.local());
    return commit.orElseThrow(() -> GitFailures.refNotFound(url.text(), chosen.remote()));
  }

  private static Optional<ObjectId> commit(Git git, String name) throws IOException {
    try {
      return Optional.ofNullable(git.getRepository().resolve(name + "^{commit}"));
    } catch (MissingObjectException e) {
      return Optional.empty();
    }
  }

  private void fetch(Git git, int depth, RefSpec... what) throws GitAPIException {
    FetchCommand fetch =
        git.fetch()
            .setRemote(address)
            .setRefSpecs(what)
            .setTagOpt(TagOpt.NO_TAGS)
            .setRecurseSubmodules(FetchRecurseSubmodulesMode.NO)
            .setTimeout(TIMEOUT_SECONDS)
            .setProgressMonitor(new Monitor(steps));
    (depth > 0 ? fetch.setDepth(depth) : fetch).call();
  }
}
