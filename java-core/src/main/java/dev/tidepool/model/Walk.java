package dev.tidepool.model;

import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.model.FoundFile.Part;
import dev.tidepool.model.IndexReport.Unreadable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the models in one root. Links are followed, to folders too; a folder that is reached again
 * through itself ends a loop, and one that many links lead to is entered through four of them.
 * Whatever begins with a dot is left out. Takes no stack for deep folders.
 */
final class Walk {
  /** What is said of a link whose target is gone. */
  static final String LEADS_NOWHERE = "a link that leads nowhere";

  private static final int MOST_LINKS_TO_A_FOLDER = 4;

  private final Path root;
  private final String rootText;
  private final Set<Path> others;
  private final boolean inDiffusers;
  private final Progress progress;
  private final List<FoundFile> found = new ArrayList<>();
  private final List<Unreadable> unreadable = new ArrayList<>();
  private final Map<Object, Integer> entered = new HashMap<>();
  private final Deque<Folder> waiting = new ArrayDeque<>();

  private Walk(Path root, Set<Path> others, boolean inDiffusers, Progress progress) {
    this.root = root;
    this.rootText = root.toString();
    this.others = others;
    this.inDiffusers = inDiffusers;
    this.progress = progress;
  }

  /** What a walk came upon. */
  record Findings(List<FoundFile> files, List<Unreadable> unreadable) {}

  private record Folder(
      Path path, String relative, @Nullable Object identity, @Nullable Folder parent) {}

  private record Entry(String name, Path path, BasicFileAttributes attributes) {}

  /**
   * Walks from a folder in the root, or the root itself.
   *
   * @param others roots of their own, which are not entered
   */
  static Findings of(Path root, Path start, Set<Path> others, Progress progress) {
    return new Walk(root, others, false, progress).from(start);
  }

  /** The model that a folder of the diffusers library is now, without a place in a root. */
  static FoundFile folder(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Folder folder = new Folder(path, "", attributes.fileKey(), null);
    Walk walk = new Walk(path, Set.of(), false, Progress.none());
    walk.addDiffusers(folder);
    if (walk.found.isEmpty()) {
      throw new IOException(walk.unreadable.get(0).reason());
    }
    return walk.found.get(0);
  }

  private Findings from(Path start) {
    String relative = slashes(root.relativize(start));
    try {
      BasicFileAttributes attributes = Files.readAttributes(start, BasicFileAttributes.class);
      waiting.push(new Folder(start, relative, attributes.fileKey(), null));
    } catch (IOException e) {
      unreadable.add(new Unreadable(start, Reasons.of(e)));
    }
    while (!waiting.isEmpty()) {
      progress.advance(0);
      visit(waiting.pop());
    }
    return new Findings(found, unreadable);
  }

  private void visit(Folder folder) {
    int before = unreadable.size();
    List<Entry> entries = entries(folder);
    boolean mayBeDiffusers = !inDiffusers && !folder.relative().isEmpty();
    if (mayBeDiffusers && isDiffusers(entries)) {
      unreadable.subList(before, unreadable.size()).clear();
      addDiffusers(folder);
      return;
    }
    if (mayBeDiffusers && lacksMark(before)) {
      // Whether its files are models of their own cannot be told.
      refuse(folder, unreadable.subList(before, unreadable.size()));
      return;
    }
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      if (entry.attributes().isDirectory()) {
        enter(folder, entry);
      }
    }
    for (Entry entry : entries) {
      if (isWanted(folder, entry)) {
        found.add(
            new FoundFile(
                rootText,
                below(folder, entry.name()),
                entry.path(),
                Stamp.of(entry.attributes()),
                entry.attributes().fileKey(),
                null));
      }
    }
  }

  private boolean isWanted(Folder folder, Entry entry) {
    if (!entry.attributes().isRegularFile()) {
      return false;
    }
    if (inDiffusers && folder.relative().isEmpty() && isMark(entry.name())) {
      return true;
    }
    return ModelFiles.isModel(entry.name()) && entry.attributes().size() >= ModelFiles.SMALLEST;
  }

  private void enter(Folder folder, Entry entry) {
    Object key = entry.attributes().fileKey();
    for (Folder above = folder; above != null; above = above.parent()) {
      if (key != null && key.equals(above.identity())) {
        return;
      }
    }
    if (key == null && isLoop(entry.path())) {
      return;
    }
    Object counted = key == null ? entry.path() : key;
    // A folder in its own place is never crowded out by the links that lead to it.
    if (others.contains(entry.path())
        || (Files.isSymbolicLink(entry.path())
            && entered.merge(counted, 1, Integer::sum) > MOST_LINKS_TO_A_FOLDER)) {
      return;
    }
    waiting.push(new Folder(entry.path(), below(folder, entry.name()), key, folder));
  }

  /** Where folders have no number: whether the path leads back to a folder that it goes through. */
  private static boolean isLoop(Path path) {
    try {
      return path.startsWith(path.toRealPath()) && Files.isSymbolicLink(path);
    } catch (IOException e) {
      return true;
    }
  }

  private List<Entry> entries(Folder folder) {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder.path())) {
      for (Path path : paths) {
        String name = String.valueOf(path.getFileName());
        if (!name.startsWith(".")) {
          add(entries, name, path);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      unreadable.add(new Unreadable(folder.path(), Reasons.of(e)));
    }
    entries.sort((a, b) -> a.name().compareTo(b.name()));
    return entries;
  }

  private void add(List<Entry> entries, String name, Path path) {
    try {
      entries.add(new Entry(name, path, Files.readAttributes(path, BasicFileAttributes.class)));
    } catch (NoSuchFileException e) {
      // Gone in this moment, or a link to nothing: what it led to may come back.
      if (Folders.isThere(path)) {
        unreadable.add(new Unreadable(path, LEADS_NOWHERE));
      }
    } catch (IOException e) {
      if (mayBeModel(name) || isMark(name)) {
        unreadable.add(new Unreadable(path, Reasons.of(e)));
      }
    }
  }

  /** Whether it is worth telling even where no model was known. */
  static boolean mayBeModel(Unreadable one) {
    return !one.reason().equals(LEADS_NOWHERE)
        || mayBeModel(String.valueOf(one.path().getFileName()));
  }

  private static boolean mayBeModel(String name) {
    return ModelFiles.isModel(name) || name.indexOf('.') < 0;
  }

  private static boolean isDiffusers(List<Entry> entries) {
    for (Entry entry : entries) {
      if (isMark(entry.name()) && entry.attributes().isRegularFile()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the file that makes a folder one model is there and could not be looked at. */
  private boolean lacksMark(int before) {
    for (Unreadable one : unreadable.subList(before, unreadable.size())) {
      if (isMark(String.valueOf(one.path().getFileName()))) {
        return true;
      }
    }
    return false;
  }

  /** A model of which a part cannot be read is no other model: it stays what it was. */
  private void refuse(Folder folder, List<Unreadable> inside) {
    Unreadable first = inside.get(0);
    String reason =
        first.path().equals(folder.path())
            ? first.reason()
            : "its part " + slashes(folder.path().relativize(first.path())) + ": " + first.reason();
    inside.clear();
    unreadable.add(new Unreadable(folder.path(), reason));
  }

  private static boolean isMark(String name) {
    return name.equals(ModelFiles.FOLDER_MARK);
  }

  private void addDiffusers(Folder folder) {
    Findings inside = new Walk(folder.path(), others, true, progress).from(folder.path());
    if (!inside.unreadable().isEmpty()) {
      refuse(folder, inside.unreadable());
      return;
    }
    List<Part> parts = new ArrayList<>();
    for (FoundFile file : inside.files()) {
      parts.add(new Part(file.relative(), file.path(), file.stamp()));
    }
    parts.sort((a, b) -> a.name().compareTo(b.name()));
    found.add(
        new FoundFile(
            rootText,
            folder.relative(),
            folder.path(),
            DiffusersFolder.stamp(parts),
            folder.identity(),
            List.copyOf(parts)));
  }

  private static String below(Folder folder, String name) {
    return folder.relative().isEmpty() ? name : folder.relative() + "/" + name;
  }

  static String slashes(Path relative) {
    return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
  }
}
