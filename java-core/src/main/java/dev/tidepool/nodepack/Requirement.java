package dev.tidepool.nodepack;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One Python package that is asked for (PEP 508).
 *
 * @param name as it is written
 * @param text the whole of it: {@code pillow[heif]>=10,<12; python_version > "3.9"}
 */
record Requirement(String name, String text) {
  private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?";
  private static final String CLAUSE = "(?:===|~=|==|!=|<=|>=|<|>)\\s*[A-Za-z0-9.*+!_-]+";
  private static final String CLAUSES = CLAUSE + "(?:\\s*,\\s*" + CLAUSE + ")*\\s*,?";
  private static final Pattern PLAIN =
      Pattern.compile(
          "("
              + NAME
              + ")\\s*(\\[[A-Za-z0-9._,\\s-]*\\])?\\s*(\\(?\\s*(?:"
              + CLAUSES
              + ")?\\s*\\)?)\\s*(;.*)?");
  private static final Pattern AT =
      Pattern.compile("(" + NAME + ")\\s*(\\[[A-Za-z0-9._,\\s-]*\\])?\\s*@\\s*(\\S+)\\s*(;.*)?");
  private static final Pattern ADDRESS =
      Pattern.compile("((?:git\\+)?(?:https?|ssh|git)://[^\\s;]+)\\s*(;.*)?");
  private static final Pattern EGG = Pattern.compile("[#&]egg=(" + NAME + ")");
  private static final Pattern WHEEL =
      Pattern.compile(".*/(" + NAME + ")-[^/-]+(-[^/-]+)?-[^/-]+-[^/-]+-[^/-]+\\.whl");
  private static final Pattern LAST =
      Pattern.compile(".*/([A-Za-z0-9][A-Za-z0-9._-]*?)(?:\\.git)?(?:@[^/]*)?");
  private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

  /** Reads a requirement; nothing when it is none, or one of a file on this machine. */
  static Optional<Requirement> read(String line) {
    String text = line.strip();
    Matcher at = AT.matcher(text);
    if (at.matches()) {
      return ADDRESS.matcher(at.group(3)).matches()
          ? Optional.of(new Requirement(at.group(1), text))
          : Optional.empty();
    }
    Matcher plain = PLAIN.matcher(text);
    if (plain.matches()) {
      return Optional.of(new Requirement(plain.group(1), withoutLastComma(plain)));
    }
    Matcher address = ADDRESS.matcher(text);
    return address.matches() ? named(address) : Optional.empty();
  }

  /** The name as package indexes compare it (PEP 503). */
  String key() {
    return SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
  }

  private static String withoutLastComma(Matcher plain) {
    StringBuilder text = new StringBuilder(plain.group(1));
    if (plain.group(2) != null) {
      text.append(plain.group(2));
    }
    text.append(plain.group(3).replaceAll("[()]", "").strip().replaceFirst(",$", ""));
    if (plain.group(4) != null) {
      text.append(' ').append(plain.group(4));
    }
    return text.toString();
  }

  /** An address alone, as pip allows it, needs a name: what it says, else what its end suggests. */
  private static Optional<Requirement> named(Matcher address) {
    String url = address.group(1);
    String marker = address.group(2) == null ? "" : " " + address.group(2);
    String bare = url.replaceFirst("#.*", "");
    Matcher egg = EGG.matcher(url);
    Matcher wheel = WHEEL.matcher(bare);
    Matcher last = LAST.matcher(bare);
    String name = "";
    if (egg.find()) {
      name = egg.group(1);
    } else if (wheel.matches()) {
      name = wheel.group(1);
    } else if (url.startsWith("git+") && last.matches()) {
      name = last.group(1);
    }
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Requirement(name, name + " @ " + withoutEgg(url) + marker));
  }

  private static String withoutEgg(String url) {
    return url.replaceFirst("#egg=[^&]*$", "")
        .replaceFirst("#egg=[^&]*&", "#")
        .replaceFirst("&egg=[^&]*", "");
  }
}
