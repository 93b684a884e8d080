package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names that come from outside: of a pack's folder in {@code custom_nodes}, of packs and versions
 * in the registry. A name that passes here can be the name of one folder on every system.
 */
public final class PackNames {
  private static final int LONGEST = 100;

  private static final String RESERVED_CHARACTERS = "/\\:*?\"<>|";
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])( *\\..*)?");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");

  /** What ComfyUI itself keeps in the folder, or never loads from it. */
  private static final Set<String> TAKEN =
      Set.of("__pycache__", "example_node.py.example", "websocket_image_save.py");

  private PackNames() {}

  /** What ends the name of a folder that ComfyUI is not to load. */
  public static final String DISABLED = ".disabled";

  /** Whether the name can be that of a pack's folder on every system. */
  public static boolean isFolder(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !name.isEmpty()
        && name.codePointCount(0, name.length()) <= LONGEST
        && name.equals(Texts.nfc(name))
        && name.codePoints().allMatch(PackNames::isAllowed)
        && ".- ".indexOf(name.charAt(0)) < 0
        && ". ".indexOf(name.charAt(name.length() - 1)) < 0
        && !DEVICE.matcher(lower).matches()
        && !lower.endsWith(DISABLED)
        && !TAKEN.contains(lower);
  }

  /**
   * The name of a pack's folder, unchanged.
   *
   * @throws TidepoolException {@code node-name-invalid}
   */
  public static String folder(String name) {
    if (!isFolder(name)) {
      throw new TidepoolException(
          ErrorKind.INVALID,
          "node-name-invalid",
          "No node pack can be in a folder named " + Texts.quoted(name) + ".",
          "A name is one to 100 characters, begins with none of . - space, holds none of"
              + " / \\ : * ? \" < > |, and is not reserved.");
    }
    return name;
  }

  /** Whether the text can be the id of a pack in the registry. */
  static boolean isId(String text) {
    return ID.matcher(text).matches() && isFolder(text);
  }

  /** Whether the text can be a version in the registry. */
  static boolean isVersion(String text) {
    return VERSION.matcher(text).matches();
  }

  private static boolean isAllowed(int codePoint) {
    return Texts.printable(codePoint) && RESERVED_CHARACTERS.indexOf(codePoint) < 0;
  }
}
