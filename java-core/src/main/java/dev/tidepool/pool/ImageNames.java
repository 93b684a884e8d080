package dev.tidepool.pool;

import dev.tidepool.image.ImageFormat;
import dev.tidepool.io.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** File names of images: made safe on every system, unique in their pool. */
final class ImageNames {
  private static final int LONGEST_STEM_BYTES = 180;
  private static final String FORBIDDEN = "<>:\"/\\|?*";
  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private ImageNames() {}

  /** Whether the text names a file right inside a folder, and nothing else. */
  static boolean plain(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\\') < 0
        && name.indexOf('\0') < 0;
  }

  /** Whether a file of this name in a pool's folder can be a slot. */
  static boolean slotLike(String name) {
    return !name.startsWith(".") && ImageFormat.ofFileName(name).isPresent();
  }

  /** The name without its ending. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /**
   * A safe name as near to the suggested one as possible, with an ending that fits the content.
   *
   * @param suggested whatever the sender calls the file, with or without folders
   */
  static String safe(String suggested, ImageFormat format) {
    String last = suggested.substring(suggested.replace('\\', '/').lastIndexOf('/') + 1);
    Optional<ImageFormat> told = ImageFormat.ofFileName(last);
    String ending =
        told.filter(format::equals).isPresent()
            ? last.substring(last.lastIndexOf('.') + 1)
            : format.extension();
    String stem = told.isPresent() ? stem(last) : last;
    return safeStem(stem) + "." + ending;
  }

  /** The name itself, or with the first of " (2)", " (3)" … that makes it free. */
  static String free(String name, Predicate<String> taken) {
    String stem = stem(name);
    String ending = name.substring(stem.length());
    String candidate = name;
    for (int i = 2; taken.test(candidate); i++) {
      candidate = stem + " (" + i + ")" + ending;
    }
    return candidate;
  }

  private static String safeStem(String stem) {
    StringBuilder safe = new StringBuilder();
    int bytes = 0;
    for (int c : Texts.nfc(stem).codePoints().toArray()) {
      String kept = FORBIDDEN.indexOf(c) >= 0 || !Texts.printable(c) ? "_" : Character.toString(c);
      bytes += kept.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST_STEM_BYTES) {
        break;
      }
      safe.append(kept);
    }
    String result = safe.toString().strip().replaceAll("^\\.+|[. ]+$", "");
    if (result.isEmpty()) {
      return "image";
    }
    return DEVICES.contains(stem(result).toLowerCase(Locale.ROOT)) ? "_" + result : result;
  }
}
