package dev.tidepool.comfyui;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.process.Secrets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.URIish;

/** Clones one state of a repository, without its history. */
final class GitClone {
  private static final int TIMEOUT_SECONDS = 15;
  private static final Pattern RELEASE = Pattern.compile("refs/tags/v?(\\d+)\\.(\\d+)\\.(\\d+)");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private static final String FETCHED = "refs/tidepool/source";

  private final Steps steps;

  GitClone(Steps steps) {
    this.steps = steps;
  }

  /**
   * Clones into a folder that does not exist yet.
   *
   * @return what was cloned, with the ref that was chosen
   * @throws TidepoolException {@code git-unreachable}, {@code git-ref-not-found}
   */
  Source.Git run(Source.Git source, Path folder) throws IOException {
    try {
      Collection<Ref> refs = refs(source);
      Source.Git chosen = choose(source, refs);
      steps.begin("Cloning " + chosen.text());
      clone(chosen, refs, folder);
      return chosen;
    } catch (GitAPIException | JGitInternalException e) {
      Folders.deleteQuietly(folder);
      throw failed(source, e);
    }
  }

  /**
   * What a source without a ref means now: the newest release.
   *
   * @throws TidepoolException {@code git-unreachable}
   */
  Source.Git choose(Source.Git source) throws IOException {
    try {
      return choose(source, refs(source));
    } catch (GitAPIException | JGitInternalException e) {
      throw failed(source, e);
    }
  }

  private Collection<Ref> refs(Source.Git source) throws GitAPIException {
    steps.begin("Looking for ComfyUI at " + source.text());
    return Git.lsRemoteRepository()
        .setRemote(source.url())
        .setHeads(true)
        .setTags(true)
        .setTimeout(TIMEOUT_SECONDS)
        .call();
  }

  private static Source.Git choose(Source.Git source, Collection<Ref> refs) {
    if (!source.ref().isEmpty()) {
      return source;
    }
    Optional<Ref> newest =
        refs.stream()
            .filter(ref -> RELEASE.matcher(ref.getName()).matches())
            .max((a, b) -> Long.compare(rank(a), rank(b)));
    return newest
        .map(ref -> new Source.Git(source.url(), ref.getName().substring("refs/tags/".length())))
        .orElse(source);
  }

  private static long rank(Ref ref) {
    Matcher matcher = RELEASE.matcher(ref.getName());
    long rank = 0;
    if (matcher.matches()) {
      for (int i = 1; i <= 3; i++) {
        rank = rank * 100_000 + Math.min(99_999, Long.parseLong(matcher.group(i)));
      }
    }
    return rank;
  }

  private void clone(Source.Git source, Collection<Ref> refs, Path folder)
      throws GitAPIException, IOException {
    String ref = source.ref();
    if (ref.isEmpty()) {
      Git.cloneRepository()
          .setURI(source.url())
          .setDirectory(folder.toFile())
          .setDepth(1)
          .setTimeout(TIMEOUT_SECONDS)
          .setProgressMonitor(new Monitor(steps))
          .call()
          .close();
      return;
    }
    try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
      git.remoteAdd().setName("origin").setUri(new URIish(source.url())).call();
      if (COMMIT.matcher(ref).matches()) {
        fetchCommit(git, ref);
      } else {
        fetch(git, new RefSpec(fullName(source, refs) + ":" + FETCHED), 1);
      }
      String name = git.getRepository().resolve(FETCHED) == null ? ref : FETCHED;
      git.checkout().setName(name).setProgressMonitor(new Monitor(steps)).call();
    } catch (URISyntaxException e) {
      throw new JGitInternalException(e.getMessage(), e);
    }
  }

  /** Not every server hands out a commit by its name: then the whole history comes. */
  private void fetchCommit(Git git, String commit) throws GitAPIException, IOException {
    try {
      fetch(git, new RefSpec(commit + ":" + FETCHED), 1);
    } catch (TransportException e) {
      steps.at("the whole history");
    }
    if (git.getRepository().resolve(FETCHED) == null) {
      fetch(git, new RefSpec("+refs/heads/*:refs/remotes/origin/*"), 0);
    }
  }

  private void fetch(Git git, RefSpec what, int depth) throws GitAPIException {
    FetchCommand fetch =
        git.fetch()
            .setRemote("origin")
            .setRefSpecs(what)
            .setTimeout(TIMEOUT_SECONDS)
            .setProgressMonitor(new Monitor(steps));
    (depth > 0 ? fetch.setDepth(depth) : fetch).call();
  }

  private static String fullName(Source.Git source, Collection<Ref> refs) {
    for (String prefix : List.of("refs/tags/", "refs/heads/")) {
      for (Ref known : refs) {
        if (known.getName().equals(prefix + source.ref())) {
          return known.getName();
        }
      }
    }
    throw new TidepoolException(
        ErrorKind.NOT_FOUND,
        "git-ref-not-found",
        "The repository has no tag and no branch " + source.text() + ".",
        "Without @REF, the newest release is taken.");
  }

  private static TidepoolException failed(Source.Git source, Exception e) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while cloning");
    }
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String reason =
        deepest instanceof UnknownHostException
            ? "the host " + deepest.getMessage() + " is unknown"
            : String.valueOf(deepest.getMessage());
    return new TidepoolException(
        e,
        ErrorKind.UNAVAILABLE,
        "git-unreachable",
        Secrets.hidden("Cannot clone " + source.text() + ": " + reason + "."),
        "Check the address and the network, or name another source with --comfyui.");
  }

  /** Hears JGit count objects; stops it when this thread is interrupted. */
  private static final class Monitor implements ProgressMonitor {
    private final Steps steps;

    Monitor(Steps steps) {
      this.steps = steps;
    }

    @Override
    public void start(int totalTasks) {}

    @Override
    public void beginTask(String title, int totalWork) {
      steps.at(title);
    }

    @Override
    public void update(int completed) {}

    @Override
    public void endTask() {}

    @Override
    public boolean isCancelled() {
      return Thread.currentThread().isInterrupted();
    }

    @Override
    public void showDuration(boolean enabled) {}
  }
}
