package dev.tidepool.store;

import java.nio.charset.StandardCharsets;

/** Texts in addresses, written as AWS wants them signed: all but unreserved characters encoded. */
final class UriText {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final String HEX = "0123456789ABCDEF";

  private UriText() {}

  /** One part of a path, or a value in a query (RFC 3986, section 2.1). */
  static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      int value = each & 0xff;
      if (UNRESERVED.indexOf(value) >= 0) {
        encoded.append((char) value);
      } else {
        encoded.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
      }
    }
    return encoded.toString();
  }

  /** A path, whose slashes stay. */
  static String path(String text) {
    return encoded(text).replace("%2F", "/");
  }
}
