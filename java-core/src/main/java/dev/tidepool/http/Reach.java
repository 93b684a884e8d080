package dev.tidepool.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * From where an address can be reached, after IANA's registries of special-purpose addresses (RFC
 * 6890 and what updates it).
 */
enum Reach {
  /** The public internet. */
  PUBLIC,
  /**
   * This machine or a private network: RFC 1918, RFC 4193, RFC 6598, loopback. So are addresses for
   * benchmarks and documentation (RFC 2544, RFC 5737, RFC 3849): proxies and closed networks answer
   * with them in the place of others.
   */
  PRIVATE,
  /** Link-local, a cloud's metadata, multicast, reserved, or not meant to be connected to. */
  NEVER;

  static Reach of(InetAddress address) {
    if (address instanceof Inet4Address) {
      return of4(address.getAddress());
    }
    return address instanceof Inet6Address ? of6(address.getAddress()) : NEVER;
  }

  private static Reach of4(byte[] bytes) {
    int a = bytes[0] & 0xff;
    int b = bytes[1] & 0xff;
    int c = bytes[2] & 0xff;
    int d = bytes[3] & 0xff;
    boolean alibabaMetadata = a == 100 && b == 100 && c == 100 && d == 200;
    if (a == 0 || (a == 169 && b == 254) || a >= 224 || alibabaMetadata) {
      return NEVER;
    }
    boolean substitute =
        (a == 192 && b == 0 && c == 2)
            || (a == 198 && (b == 18 || b == 19))
            || (a == 198 && b == 51 && c == 100)
            || (a == 203 && b == 0 && c == 113);
    if (a == 10
        || a == 127
        || (a == 172 && b >= 16 && b < 32)
        || (a == 192 && b == 168)
        || (a == 100 && b >= 64 && b < 128)
        || substitute) {
      return PRIVATE;
    }
    boolean special = a == 192 && ((b == 0 && c == 0) || (b == 88 && c == 99));
    return special ? NEVER : PUBLIC;
  }

  private static Reach of6(byte[] bytes) {
    int first = word(bytes, 0);
    int second = word(bytes, 1);
    boolean amazonMetadata = first == 0xfd00 && second == 0x0ec2;
    boolean documentation = first == 0x2001 && second == 0x0db8;
    if (isLoopback(bytes) || documentation || ((first & 0xfe00) == 0xfc00 && !amazonMetadata)) {
      return PRIVATE;
    }
    // NAT64 (RFC 6052): the last four bytes are an IPv4 address.
    if (first == 0x64 && second == 0xff9b && isZero(bytes, 4, 12)) {
      return of4(Arrays.copyOfRange(bytes, 12, 16));
    }
    boolean global = (first & 0xe000) == 0x2000;
    boolean special =
        (first == 0x2001 && second < 0x200)
            || first == 0x2002
            || (first == 0x3fff && second < 0x1000);
    return global && !special ? PUBLIC : NEVER;
  }

  private static boolean isLoopback(byte[] bytes) {
    return isZero(bytes, 0, 15) && bytes[15] == 1;
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static int word(byte[] bytes, int index) {
    return (bytes[2 * index] & 0xff) << 8 | (bytes[2 * index + 1] & 0xff);
  }
}
