package dev.tidepool.resolution;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a model file, taken apart for comparing.
 *
 * @param path with forward slashes, without empty parts and without {@code .}
 */
record ModelName(String path) {
  /**
   * What people and tools put behind a model's name: a precision, a pruning, a short hash, a copy.
   */
  private static final Pattern ADDITION =
      Pattern.compile(
          "-(?:(?:fp|bf|f|q|int|nf)\\d{1,2}"
              + "(?:-(?:e4m3fn?|e5m2|scaled|mixed|k-[sml]|[k01])(?=-|$))*+"
              + "|pruned|emaonly|ema|scaled|copy|half|full"
              + "|[0-9a-f]{8}|[0-9a-f]{10}|[0-9a-f]{12}|[0-9a-f]{16}|[0-9a-f]{64})$");

  private static final Pattern NUMBERED_COPY = Pattern.compile("\\s*+\\(\\d{1,3}\\)$");
  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int LONGEST_EXTENSION = 12;

  /** What file systems allow; comparing longer names would only cost time. */
  private static final int LONGEST_FILE_NAME = 255;

  /** Reads a name as a workflow of any system spells it. */
  static ModelName of(String text) {
    StringBuilder path = new StringBuilder(text.length());
    for (String part : text.replace('\\', '/').split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        path.append(path.isEmpty() ? "" : "/").append(part);
      }
    }
    return new ModelName(path.toString());
  }

  /** The last part of the path. */
  String file() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The file's name in one case. */
  String folded() {
    return file().toLowerCase(Locale.ROOT);
  }

  /** The file's name in one case and without its extension. */
  String stem() {
    String name = folded();
    int dot = name.lastIndexOf('.');
    return dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(0, dot) : name;
  }

  /** The stem without what is often added to a model's name, its words joined by hyphens. */
  String essence() {
    if (file().length() > LONGEST_FILE_NAME) {
      return stem();
    }
    String plain = NUMBERED_COPY.matcher(stem()).replaceFirst("");
    String name = trimmed(SEPARATORS.matcher(plain).replaceAll("-"));
    while (true) {
      String shorter = ADDITION.matcher(name).replaceFirst("");
      if (shorter.equals(name) || shorter.isEmpty()) {
        return name;
      }
      name = shorter;
    }
  }

  /** How many parts of the path, counted from its end, another path has too. */
  int commonEnd(ModelName other) {
    String[] mine = path.split("/", -1);
    String[] others = other.path.split("/", -1);
    int common = 0;
    while (common < Math.min(mine.length, others.length)
        && mine[mine.length - 1 - common].equalsIgnoreCase(others[others.length - 1 - common])) {
      common++;
    }
    return common;
  }

  private static String trimmed(String name) {
    int begin = name.startsWith("-") ? 1 : 0;
    int end = name.length() > begin && name.endsWith("-") ? name.length() - 1 : name.length();
    return name.substring(begin, end);
  }
}
