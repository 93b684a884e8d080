package dev.tidepool.git;

import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * Patterns in the form of <a href="https://git-scm.com/docs/gitignore">gitignore</a>: {@code
 * *.tmp}, {@code drafts/}, {@code !keep.json}. Immutable; thread-safe.
 */
public final class IgnoreRules {
  private final Optional<IgnoreNode> rules;

  private IgnoreRules(Optional<IgnoreNode> rules) {
    this.rules = rules;
  }

  /** The rules in a file; none when there is no such file. */
  public static IgnoreRules read(Path file) {
    return StorageFailures.translate("read " + file, () -> parse(file));
  }

  private static IgnoreRules parse(Path file) throws IOException {
    // Git's classes take a while to load, and most have no such file.
    if (!Files.isRegularFile(file)) {
      return new IgnoreRules(Optional.empty());
    }
    try (InputStream in = Files.newInputStream(file)) {
      IgnoreNode node = new IgnoreNode();
      node.parse(in);
      return new IgnoreRules(Optional.of(node));
    } catch (NoSuchFileException e) {
      return new IgnoreRules(Optional.empty());
    }
  }

  /**
   * Whether a file is ignored: itself, or a folder that it is in.
   *
   * @param path relative to where the patterns begin, with {@code /}
   */
  public boolean ignoresFile(String path) {
    return ignores(path, false);
  }

  /** Whether a folder is ignored: itself, or one that it is in. */
  public boolean ignoresFolder(String path) {
    return ignores(path, true);
  }

  private boolean ignores(String path, boolean folder) {
    if (rules.isEmpty()) {
      return false;
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (matches(path.substring(0, slash), true)) {
        return true;
      }
    }
    return matches(path, folder);
  }

  private boolean matches(String path, boolean folder) {
    return rules.map(node -> Boolean.TRUE.equals(node.checkIgnored(path, folder))).orElse(false);
  }
}
