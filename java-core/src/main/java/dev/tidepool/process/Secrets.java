package dev.tidepool.process;

import java.util.regex.Pattern;

/** Keeps passwords out of what is shown or logged. */
public final class Secrets {
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+@");

  private Secrets() {}

  /** The text without the user and password of its URLs. */
  public static String hidden(String text) {
    return text.contains("@") ? USER_INFO.matcher(text).replaceAll("***@") : text;
  }
}
