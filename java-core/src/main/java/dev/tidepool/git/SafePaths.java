package dev.tidepool.git;

import java.util.Locale;

/** Tells paths of a repository that may be written below a folder of ours. */
public final class SafePaths {
  private SafePaths() {}

  /**
   * Whether the path stays below its folder on every system, and touches no repository: no {@code
   * ..}, no {@code .git} in any spelling that a file system takes for it, no backslash, no colon.
   */
  public static boolean isSafe(String path) {
    if (path.isEmpty() || path.indexOf('\\') >= 0 || path.indexOf(':') >= 0) {
      return false;
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || isGit(part)) {
        return false;
      }
    }
    return path.chars().noneMatch(c -> c < 0x20 || c == 0x7f);
  }

  private static boolean isGit(String part) {
    StringBuilder plain = new StringBuilder();
    // HFS+ takes names with characters that show nothing for those without.
    part.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .forEach(plain::appendCodePoint);
    String name = plain.toString().toLowerCase(Locale.ROOT).replaceAll("[ .]+$", "");
    return name.equals(".git") || name.equals("git~1");
  }
}
