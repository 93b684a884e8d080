package dev.tidepool.environment;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of environments: ComfyDock's rules, and what makes a name of a folder on every system. A
 * name is also part of the project's name in {@code pyproject.toml}.
 */
final class EnvironmentName {
  private static final int LONGEST = 64;

  /** ComfyDock's, and that of {@code tidepool up}. */
  private static final Set<String> RESERVED =
      Set.of("workspace", "logs", "models", ".comfydock", "tidepool");

  private static final Pattern WINDOWS =
      Pattern.compile("(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\\..*)?");
  private static final String FORBIDDEN = "/\\:*?\"<>|";

  private EnvironmentName() {}

  /**
   * The name itself, in Unicode NFC.
   *
   * @throws TidepoolException {@code environment-name-invalid}
   */
  static String require(String text) {
    String name = Texts.nfc(text);
    String key = Texts.key(name);
    if (name.isBlank()) {
      throw invalid(text, "is empty");
    }
    if (name.codePointCount(0, name.length()) > LONGEST) {
      throw invalid(text, "is longer than " + LONGEST + " characters");
    }
    if (RESERVED.contains(key) || WINDOWS.matcher(key).matches()) {
      throw invalid(text, "is reserved");
    }
    if (name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
      throw invalid(text, "begins or ends with a dot, or holds two in a row");
    }
    if (!name.strip().equals(name) || name.startsWith("-")) {
      throw invalid(text, "begins with a hyphen, or begins or ends with a space");
    }
    if (!name.codePoints().allMatch(EnvironmentName::isAllowed)) {
      throw invalid(text, "holds a character that folders on some systems cannot have");
    }
    return name;
  }

  private static boolean isAllowed(int character) {
    return Texts.printable(character)
        && FORBIDDEN.indexOf(character) < 0
        && Character.getType(character) != Character.FORMAT;
  }

  private static TidepoolException invalid(String name, String why) {
    return new TidepoolException(
        ErrorKind.INVALID,
        "environment-name-invalid",
        "No environment can be called " + Texts.quoted(name) + ": the name " + why + ".",
        "Take letters, digits, hyphens and underscores.");
  }
}
