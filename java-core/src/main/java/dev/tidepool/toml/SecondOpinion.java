package dev.tidepool.toml;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlVersion;

/**
 * What tomlj says about a text that our own reader refused: it explains mistakes better. It is not
 * asked about other texts, since it takes a second to start.
 */
final class SecondOpinion {
  private static final int LONGEST = 200_000;

  private SecondOpinion() {}

  /** The error to show: tomlj's, or ours when tomlj finds none or gives up. */
  static TidepoolException on(String text, String name, TidepoolException ours) {
    if (text.length() > LONGEST) {
      return ours;
    }
    TomlParseResult result;
    try {
      String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
      result = Toml.parse(plain, TomlVersion.V1_0_0);
    } catch (RuntimeException | StackOverflowError e) {
      return ours;
    }
    if (!result.hasErrors()) {
      return error(ours, name + " uses TOML that Tidepool does not read yet: " + ours.text());
    }
    TomlParseError first = result.errors().get(0);
    int line = first.position().line();
    return error(ours, name + ", line " + line + ": " + first.getMessage() + ".");
  }

  private static TidepoolException error(TidepoolException ours, String message) {
    return new TidepoolException(
        ours,
        ErrorKind.MALFORMED,
        "toml-invalid",
        message,
        "Mend that line, or take the file back from an earlier version.");
  }
}
