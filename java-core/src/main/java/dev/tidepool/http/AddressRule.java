package dev.tidepool.http;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Decides which addresses may be asked; heard before every request, redirections included. */
@FunctionalInterface
public interface AddressRule {
  /**
   * What speaks against asking there, as it follows "it is": {@code an address that is not
   * encrypted}. Nothing when it may be asked.
   *
   * @throws IOException when the host's name cannot be looked up
   */
  Optional<String> objection(URI uri) throws IOException;
}
