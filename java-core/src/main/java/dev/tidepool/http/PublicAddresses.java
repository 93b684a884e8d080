package dev.tidepool.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The addresses that others may send one to, such as those in a bundle: {@code https}, no user or
 * password in it, and a host on the public internet. With {@code privateToo} also hosts of private
 * networks and this machine, and those by {@code http} too; addresses that a cloud answers secrets
 * at, and link-local ones, never.
 *
 * <p>A name is looked up, and all that it means must be allowed. What the request itself connects
 * to is the same: Java keeps the answer of a look-up for half a minute. Thread-safe.
 *
 * @param privateToo whether hosts of private networks are allowed
 * @param names looks up a host's name
 */
public record PublicAddresses(boolean privateToo, Names names) implements AddressRule {
  /** Looks up a host's name. */
  @FunctionalInterface
  public interface Names {
    /** Every address that the name means. */
    InetAddress[] of(String host) throws IOException;
  }

  /** The rule with the system's way to look up names. */
  public static PublicAddresses of(boolean privateToo) {
    return new PublicAddresses(privateToo, InetAddress::getAllByName);
  }

  @Override
  public Optional<String> objection(URI uri) throws IOException {
    Optional<String> written = written(uri);
    if (written.isPresent()) {
      return written;
    }
    boolean encrypted = isEncrypted(uri);
    for (InetAddress address : names.of(uri.getHost())) {
      Reach reach = Reach.of(address);
      if (reach == Reach.NEVER || (reach == Reach.PRIVATE && !privateToo)) {
        return Optional.of("an address that is not on the public internet");
      }
      if (!encrypted && reach != Reach.PRIVATE) {
        return Optional.of("an address that is not encrypted");
      }
    }
    return Optional.empty();
  }

  /** What speaks against the address as it is written, before anything is looked up. */
  public Optional<String> written(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return Optional.of("no web address");
    }
    if (uri.getRawUserInfo() != null || String.valueOf(uri.getRawAuthority()).contains("@")) {
      return Optional.of("an address with a user or password in it");
    }
    if (uri.getHost() == null) {
      return Optional.of("an address without a host");
    }
    if (!isEncrypted(uri) && !privateToo) {
      return Optional.of("an address that is not encrypted");
    }
    return Optional.empty();
  }

  private static boolean isEncrypted(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }
}
