package dev.tidepool.io;

/** Names of the members of archives that came from outside. */
public final class MemberNames {
  private static final int LONGEST = 1000;

  private MemberNames() {}

  /**
   * Whether a name, with {@code /} between its parts and none at its end, stays in the folder that
   * the archive is unpacked into, on every system.
   */
  public static boolean isSafe(String name) {
    if (name.isEmpty()
        || name.length() > LONGEST
        || name.indexOf('\\') >= 0
        || name.indexOf(':') >= 0
        || !name.codePoints().allMatch(Texts::printable)) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a part of the name is a git repository's own folder, or a system reads it as that:
   * short names, dots at its end, characters that are ignored.
   */
  public static boolean isGit(String name) {
    for (String part : name.split("/", -1)) {
      String key = Texts.key(part).replaceAll("\\p{Cf}", "").replaceAll("[. ]+$", "");
      if (key.equals(".git") || key.matches("git~[0-9]+")) {
        return true;
      }
    }
    return false;
  }
}
