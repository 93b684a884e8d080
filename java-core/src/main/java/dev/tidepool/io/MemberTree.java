package dev.tidepool.io;

import java.util.HashMap;
import java.util.Map;

/**
 * The names of an archive's members as they come, and whether they can lie beside each other on
 * every system: no name twice, nor in two spellings, nor both for a file and for a folder. For one
 * thread.
 */
public final class MemberTree {
  private final Map<String, String> files = new HashMap<>();
  private final Map<String, String> folders = new HashMap<>();

  /**
   * Takes a safe name with the folders above it.
   *
   * @return whether it fits to those before
   */
  public boolean enter(String name, boolean folder) {
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      if (!enterFolder(name.substring(0, end))) {
        return false;
      }
    }
    if (folder) {
      return enterFolder(name);
    }
    String key = Texts.key(name);
    return !folders.containsKey(key) && files.put(key, name) == null;
  }

  private boolean enterFolder(String name) {
    String key = Texts.key(name);
    String before = folders.putIfAbsent(key, name);
    return !files.containsKey(key) && (before == null || before.equals(name));
  }

  /** Whether there is a file with this name, in whatever spelling. */
  public boolean isFile(String name) {
    return files.containsKey(Texts.key(name));
  }

  /** How many files there are. */
  public int files() {
    return files.size();
  }
}
