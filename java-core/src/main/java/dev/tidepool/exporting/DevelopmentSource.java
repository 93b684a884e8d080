package dev.tidepool.exporting;

import dev.tidepool.bundle.BundleSource;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.IgnoreRules;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The source of a pack that somebody works on: its files, without those that its {@code .gitignore}
 * files name, those of version control, and what Python and editors leave behind.
 */
final class DevelopmentSource {
  private static final Set<String> SKIPPED =
      Set.of(
          "__pycache__",
          "node_modules",
          ".git",
          ".hg",
          ".svn",
          ".venv",
          ".mypy_cache",
          ".pytest_cache",
          ".ruff_cache",
          ".idea",
          ".vscode",
          ".DS_Store",
          "Thumbs.db");

  private final Path root;
  private final String place;
  private final SecretScan secrets;
  private final List<BundleSource> files = new ArrayList<>();
  private final List<String> links = new ArrayList<>();

  private DevelopmentSource(Path root, String place, SecretScan secrets) {
    this.root = root;
    this.place = place;
    this.secrets = secrets;
  }

  /** Rules with the folder that they begin at: its path below the pack, with a slash, or empty. */
  private record Rules(String at, IgnoreRules rules) {
    boolean ignores(String path, boolean folder) {
      String inside = path.substring(at.length());
      return folder ? rules.ignoresFolder(inside) : rules.ignoresFile(inside);
    }
  }

  /**
   * Collects a pack.
   *
   * @param folder in {@code custom_nodes}; may be a link to a folder elsewhere
   * @param place its folder in the bundle: {@code dev_nodes/<name>}
   * @param secrets looks at every file
   * @throws TidepoolException {@code export-source-missing}
   */
  static DevelopmentSource of(Path folder, String place, SecretScan secrets) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw missing(folder, "There is no folder " + folder);
    }
    DevelopmentSource source = new DevelopmentSource(folder.toRealPath(), place, secrets);
    source.collect("", List.of());
    if (source.files.isEmpty()) {
      throw missing(folder, "There are no files in " + folder);
    }
    return source;
  }

  List<BundleSource> files() {
    return List.copyOf(files);
  }

  /** Links inside of the pack, which do not travel. */
  List<String> links() {
    return List.copyOf(links);
  }

  private void collect(String at, List<Rules> above) throws IOException {
    Path folder = root.resolve(at);
    List<Rules> rules = new ArrayList<>(above);
    rules.add(new Rules(at, IgnoreRules.read(folder.resolve(".gitignore"))));
    for (Path child : Folders.children(folder)) {
      String name = child.getFileName().toString();
      String path = at + name;
      boolean isFolder = Folders.isReal(child);
      if (isLeftOut(name, child, isFolder)
          || rules.stream().anyMatch(each -> each.ignores(path, isFolder))) {
        continue;
      }
      if (isFolder) {
        collect(path + "/", rules);
      } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
        secrets.file(place + "/" + path, child);
        files.add(BundleSource.of(place + "/" + path, child));
      } else {
        links.add(place + "/" + path);
      }
    }
  }

  private static boolean isLeftOut(String name, Path child, boolean folder) {
    return SKIPPED.contains(name)
        || name.endsWith(".pyc")
        || (folder && Files.exists(child.resolve("pyvenv.cfg")));
  }

  private static TidepoolException missing(Path folder, String what) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "export-source-missing",
        what + ": the source of a pack that you work on would be missing from the bundle.",
        "Bring the folder back, or stop tracking it: tidepool node remove " + folder.getFileName());
  }
}
