package dev.tidepool.comfyui;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.python.PythonTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Brings a ComfyUI from its source into a folder: made beside it in a hidden folder, then renamed,
 * so that the folder is there whole or not at all. For one thread.
 */
public final class SourceFetch {
  private final PythonTools python;
  private final Steps steps;

  /** Fetches with these tools, and tells its steps. */
  public SourceFetch(PythonTools python, Steps steps) {
    this.python = python;
    this.steps = steps;
  }

  /** Fetches ComfyUI's newest release, or what takes its place where that cannot be reached. */
  void newest(Path target, Origins origins) throws IOException {
    try {
      from(origins.upstream(), target);
    } catch (TidepoolException e) {
      if (!e.code().equals("git-unreachable")) {
        throw e;
      }
      steps.note(e.text());
      steps.note(
          "Taking ComfyUI from the Python package "
              + origins.fallback().requirement()
              + " instead.");
      from(origins.fallback(), target);
    }
  }

  /**
   * Fetches from this source, which is no folder.
   *
   * @param target must not exist
   * @return the ComfyUI that is there now
   * @throws TidepoolException {@code folder-exists}, {@code source-not-comfyui}, or what can go
   *     wrong on the way
   */
  public ComfyUi from(Source source, Path target) throws IOException {
    if (Folders.isThere(target)) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "folder-exists",
          target + " is there already.",
          "Name a folder that does not exist yet.");
    }
    Path work = target.resolveSibling("." + target.getFileName() + ".fetching");
    Folders.delete(work);
    Files.createDirectories(work);
    try {
      Path made = work.resolve("ComfyUI");
      String text = fetch(source, work, made);
      if (!ComfyUi.isIn(made)) {
        throw new TidepoolException(
            ErrorKind.UNSUPPORTED, "source-not-comfyui", text + " holds no ComfyUI.");
      }
      SourceMark.write(made, text);
      Folders.syncTree(made);
      AtomicFiles.move(made, target);
      return ComfyUi.in(target);
    } finally {
      Folders.deleteQuietly(work);
    }
  }

  private String fetch(Source source, Path work, Path target) throws IOException {
    if (source instanceof Source.Git git) {
      return new GitSource(steps).fetch(git, target).text();
    }
    if (source instanceof Source.Packaged packaged) {
      Path folder = Files.createDirectory(work.resolve("package"));
      // Its Python may be fetched first, which is a step of its own.
      python.uv(steps);
      steps.begin("Downloading " + packaged.requirement());
      python.downloadSource(packaged.requirement(), packaged.sha256(), folder, steps);
      unpack(archiveIn(folder, packaged), target);
    } else if (source instanceof Source.Archive archive) {
      unpack(archive.file(), target);
    } else {
      throw new IllegalArgumentException("a folder is used where it is");
    }
    return source.text();
  }

  private void unpack(Path archive, Path target) throws IOException {
    steps.begin("Unpacking " + archive.getFileName());
    new SourceArchive(archive).unpack(target, steps);
  }

  private static Path archiveIn(Path folder, Source.Packaged source) throws IOException {
    List<Path> files = Folders.children(folder);
    Optional<Path> archive =
        files.stream().filter(file -> file.toString().endsWith(".tar.gz")).findFirst();
    if (archive.isEmpty()) {
      throw new TidepoolException(
          ErrorKind.UNSUPPORTED,
          "source-not-comfyui",
          source.text() + " has no source archive in the form .tar.gz.");
    }
    return archive.get();
  }
}
