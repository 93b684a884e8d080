package dev.tidepool.comfyui;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.Progress;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ComfyUI to make environments from.
 *
 * @param content its folder, which is only read
 * @param version a release such as {@code v0.30.0}, a branch or a commit
 * @param versionType {@code release}, {@code branch} or {@code commit}
 * @param commit the commit, where it was cloned
 * @param source where it came from, as one types it
 */
public record CachedComfyUi(
    Path content, String version, String versionType, Optional<String> commit, String source) {
  private static final Pattern NUMBERS = Pattern.compile("v?(\\d+)\\.(\\d+)(?:\\.(\\d+))?");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** What a user's own ComfyUI holds besides the program; an environment gets its own. */
  private static final Set<String> USERS =
      Set.of("models", "input", "output", "temp", "user", ".venv", "venv");

  /** What lies in a store's folder, if it is whole. */
  static Optional<CachedComfyUi> read(Path place) throws IOException {
    Path content = place.resolve("content");
    if (!ComfyUi.isIn(content)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JsonTree.read(Files.readAllBytes(place.resolve("metadata.json")));
      return Optional.of(
          new CachedComfyUi(
              content,
              json.path("version").asText(""),
              json.path("version_type").asText("release"),
              Optional.of(json.path("commit_sha").asText("")).filter(text -> !text.isEmpty()),
              json.path("source").asText("")));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    }
  }

  static void writeMetadata(Path place, Source source, StoreKey key, ComfyUi comfyUi)
      throws IOException {
    String version = key.version().isEmpty() ? "v" + comfyUi.version() : key.version();
    ObjectNode json = JsonTree.object();
    json.put("version", version);
    json.put("version_type", key.versionType());
    commit(comfyUi.folder())
        .ifPresentOrElse(
            commit -> json.put("commit_sha", commit), () -> json.putNull("commit_sha"));
    json.put("source", source.text());
    AtomicFiles.create(place.resolve("metadata.json"), JsonTree.writeIndented(json));
  }

  /** The ComfyUI in a folder, which may be in use. */
  public static CachedComfyUi of(Source.Folder source) throws IOException {
    ComfyUi comfyUi = ComfyUi.in(source.folder());
    return new CachedComfyUi(
        comfyUi.folder(),
        "v" + comfyUi.version(),
        "release",
        commit(comfyUi.folder()),
        source.text());
  }

  /** Whether it is of this version; by the commit, where both are known. */
  public boolean is(String wanted, Optional<String> wantedCommit) {
    return (commit.isPresent() && wantedCommit.isPresent())
        ? commit.equals(wantedCommit)
        : version.equals(wanted);
  }

  /** Whether something in a ComfyUI's folder is the user's, not the program's. */
  public static boolean isOfUsers(Path name) {
    return USERS.contains(name.getName(0).toString());
  }

  /** Which of two releases is newer. */
  long rank() {
    Matcher matcher = NUMBERS.matcher(version);
    long rank = 0;
    if (matcher.lookingAt()) {
      for (int i = 1; i <= 3; i++) {
        String number = matcher.group(i) == null ? "0" : matcher.group(i);
        rank = rank * 100_000 + Math.min(99_999, Long.parseLong(number));
      }
    }
    return rank;
  }

  /**
   * Copies the program into a folder that does not exist yet: without models, pictures, settings
   * and node packs of a user, which a ComfyUI in use has. Git's objects, which never change, are
   * shared by hard links.
   */
  public void copyTo(Path target, Steps steps) throws IOException {
    Files.walkFileTree(content, new Copy(content, target, steps));
  }

  private static final class Copy extends SimpleFileVisitor<Path> {
    private final Path content;
    private final Path target;
    private final Progress progress;

    Copy(Path content, Path target, Progress progress) {
      this.content = content;
      this.target = target;
      this.progress = progress;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while ComfyUI was copied");
      }
      Path relative = content.relativize(folder);
      if (isUsers(relative)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Files.createDirectories(target.resolve(relative));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Path relative = content.relativize(file);
      Path copy = target.resolve(relative);
      if (isUsers(relative)) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isSymbolicLink()) {
        Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
      } else if (!relative.startsWith(Path.of(".git", "objects")) || !isLinked(file, copy)) {
        Folders.copyFile(file, copy, progress);
      }
      return FileVisitResult.CONTINUE;
    }

    private static boolean isLinked(Path file, Path copy) {
      try {
        Files.createLink(copy, file);
        return true;
      } catch (IOException | UnsupportedOperationException e) {
        return false;
      }
    }

    /** Packs of a user are folders; ComfyUI's own example nodes are files. */
    private boolean isUsers(Path relative) {
      String first = relative.getName(0).toString();
      String last = String.valueOf(relative.getFileName());
      return isOfUsers(relative)
          || last.equals("__pycache__")
          || (first.equals("custom_nodes")
              && relative.getNameCount() == 2
              && Files.isDirectory(content.resolve(relative)));
    }
  }

  /** What is checked out in a clone. */
  private static Optional<String> commit(Path folder) throws IOException {
    Path git = folder.resolve(".git");
    if (!Files.isRegularFile(git.resolve("HEAD"))) {
      return Optional.empty();
    }
    String head = Files.readString(git.resolve("HEAD")).strip();
    if (head.startsWith("ref: ")) {
      Path ref = git.resolve(head.substring("ref: ".length())).normalize();
      head = ref.startsWith(git) && Files.isRegularFile(ref) ? Files.readString(ref).strip() : "";
    }
    return COMMIT.matcher(head).matches() ? Optional.of(head) : Optional.empty();
  }
}
