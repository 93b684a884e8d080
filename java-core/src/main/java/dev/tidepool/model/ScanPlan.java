package dev.tidepool.model;

import dev.tidepool.io.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which folders to look through, so that no file is met twice. A folder in a root that is known
 * belongs to that root, unless it has another type than the root gives it; roots that lie in a
 * folder stay roots of their own, and are looked through with it.
 *
 * @param scans in the order of their paths
 * @param roots every root, of which no other walk enters one
 */
record ScanPlan(List<Scan> scans, Set<Path> roots) {
  ScanPlan {
    scans = List.copyOf(scans);
    roots = Set.copyOf(roots);
  }

  /**
   * One walk.
   *
   * @param type the root's
   * @param start the root, or a folder in it
   * @param complete whether the root is known with this type, and all its files
   */
  record Scan(Path root, @Nullable String type, Path start, boolean complete) {
    boolean isWhole() {
      return root.equals(start);
    }
  }

  /** Plans for the folders that were asked for; for all known roots when that is none. */
  static ScanPlan of(List<ModelRoot> asked, List<IndexedRoot> known) {
    TreeMap<Path, IndexedRoot> roots = new TreeMap<>();
    known.forEach(root -> roots.put(root.path(), root));
    List<ModelRoot> wanted = new ArrayList<>();
    if (asked.isEmpty()) {
      known.forEach(root -> wanted.add(new ModelRoot(root.path(), root.type())));
    }
    asked.forEach(root -> wanted.add(new ModelRoot(Folders.real(root.path()), root.type())));
    wanted.sort((a, b) -> Integer.compare(a.path().getNameCount(), b.path().getNameCount()));
    TreeMap<Path, Scan> scans = new TreeMap<>();
    for (ModelRoot root : wanted) {
      Scan scan = scan(root, roots);
      if (scan.isWhole()) {
        roots.putIfAbsent(scan.root(), new IndexedRoot(scan.root(), scan.type(), false, true));
      }
      scans.putIfAbsent(scan.start(), scan);
    }
    addInner(scans, known);
    scans.values().removeIf(scan -> isCovered(scan, scans));
    Set<Path> all = new HashSet<>(roots.keySet());
    return new ScanPlan(new ArrayList<>(scans.values()), all);
  }

  /** What the name of a folder says about the files in it. */
  static @Nullable String typeOf(Path folder) {
    String name = String.valueOf(folder.getFileName());
    return ModelFiles.isType(name) ? name : null;
  }

  private static Scan scan(ModelRoot wanted, TreeMap<Path, IndexedRoot> roots) {
    Path path = wanted.path();
    IndexedRoot same = roots.get(path);
    if (same != null) {
      String type = wanted.type() != null ? wanted.type() : same.type();
      return new Scan(path, type, path, same.complete() && Objects.equals(type, same.type()));
    }
    String type = wanted.type() != null ? wanted.type() : typeOf(path);
    IndexedRoot outer = innermost(path, roots);
    if (outer != null && (type == null || type.equals(typeIn(outer, path)))) {
      return new Scan(outer.path(), outer.type(), path, outer.complete());
    }
    return new Scan(path, type, path, false);
  }

  private static @Nullable IndexedRoot innermost(Path path, TreeMap<Path, IndexedRoot> roots) {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      IndexedRoot root = roots.get(above);
      if (root != null) {
        return root;
      }
    }
    return null;
  }

  private static String typeIn(IndexedRoot root, Path path) {
    return root.type() != null
        ? root.type()
        : String.valueOf(root.path().relativize(path).getName(0));
  }

  private static void addInner(TreeMap<Path, Scan> scans, List<IndexedRoot> known) {
    List<Path> starts = new ArrayList<>(scans.keySet());
    for (IndexedRoot root : known) {
      for (Path start : starts) {
        if (root.path().startsWith(start)) {
          scans.putIfAbsent(
              root.path(), new Scan(root.path(), root.type(), root.path(), root.complete()));
        }
      }
    }
  }

  /** Whether another walk through the same root comes by this one's start. */
  private static boolean isCovered(Scan scan, TreeMap<Path, Scan> scans) {
    for (Scan other : scans.values()) {
      if (!other.start().equals(scan.start())
          && other.root().equals(scan.root())
          && scan.start().startsWith(other.start())) {
        return true;
      }
    }
    return false;
  }
}
