package dev.tidepool.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Where a node pack comes from. */
public sealed interface PackSource {
  /** Brings the pack into a folder {@code custom_nodes}. */
  void installInto(Path customNodes) throws IOException;

  /** A folder, which is copied: a pack may write into its own. The copy keeps the folder's name. */
  record Folder(Path folder) implements PackSource {
    @Override
    public void installInto(Path customNodes) throws IOException {
      Path copy = customNodes.resolve(String.valueOf(folder.getFileName()));
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, copy.resolve(folder.relativize(file).toString()));
        }
      }
    }
  }

  /**
   * A zip file with the pack's folder in it, as ComfyUI-Manager and the Tidepool build make them.
   */
  record Zip(Path file) implements PackSource {
    @Override
    public void installInto(Path customNodes) throws IOException {
      try (InputStream bytes = Files.newInputStream(file);
          ZipInputStream zip = new ZipInputStream(bytes)) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          Path target = customNodes.resolve(entry.getName()).normalize();
          if (!target.startsWith(customNodes)) {
            throw new IOException(file + " has an entry that leaves its folder: " + entry);
          }
          if (entry.isDirectory()) {
            Files.createDirectories(target);
          } else {
            Files.createDirectories(target.resolveSibling(""));
            Files.copy(zip, target);
          }
        }
      }
    }
  }

  /**
   * A git repository, cloned by the command {@code git}.
   *
   * @param ref a branch or a tag; empty for the default branch
   */
  record Git(String url, String ref) implements PackSource {
    private static final Pattern NAME = Pattern.compile("([^/:]+?)(?:\\.git)?/?$");

    @Override
    public void installInto(Path customNodes) throws IOException {
      Matcher name = NAME.matcher(url);
      if (!name.find()) {
        throw new IOException("no pack's name ends the URL " + url);
      }
      Path target = customNodes.resolve(name.group(1));
      ProcessBuilder git = new ProcessBuilder("git", "clone", "--quiet", "--depth", "1");
      if (!ref.isEmpty()) {
        git.command().addAll(java.util.List.of("--branch", ref));
      }
      git.command().addAll(java.util.List.of("--", url, target.toString()));
      git.environment().put("GIT_TERMINAL_PROMPT", "0");
      Command.run(git);
    }
  }

  /**
   * Reads what a user typed: a folder, a zip file, or a git URL with {@code @REF} where wanted.
   *
   * @throws IllegalStateException when it is none of them
   */
  static PackSource parse(String text) {
    if (text.matches("[a-z+]+://.*|[\\w.-]+@[\\w.-]+:.*")) {
      Matcher matcher = Pattern.compile("(.*[/:][^/@]+/?)@([^/@]+)").matcher(text);
      return matcher.matches() ? new Git(matcher.group(1), matcher.group(2)) : new Git(text, "");
    }
    Path path = Path.of(text).toAbsolutePath();
    if (Files.isDirectory(path)) {
      return new Folder(path);
    }
    if (Files.isRegularFile(path) && text.endsWith(".zip")) {
      return new Zip(path);
    }
    throw new IllegalStateException(
        "no node pack can come from " + text + ": name a folder, a .zip file, or a git URL[@REF]");
  }
}
