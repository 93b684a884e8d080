package dev.tidepool.store;

import dev.tidepool.http.AddressRule;
import dev.tidepool.http.PublicAddresses;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a bundle may be sent: to the host that the user named, in a private network too, and to
 * where that leads as far as {@code others} allows.
 */
record PushRule(URI named, AddressRule others) implements AddressRule {
  @Override
  public Optional<String> objection(URI uri) throws IOException {
    boolean same =
        Objects.equals(named.getScheme(), uri.getScheme())
            && named.getHost().equalsIgnoreCase(uri.getHost())
            && named.getPort() == uri.getPort();
    return same ? PublicAddresses.of(true).objection(uri) : others.objection(uri);
  }
}
