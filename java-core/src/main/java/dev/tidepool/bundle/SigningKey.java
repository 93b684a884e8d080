package dev.tidepool.bundle;

import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * A pair of keys that bundles are signed with.
 *
 * @param secret never shown
 * @param open what others verify with
 */
public record SigningKey(PrivateKey secret, PublicKey open) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "SigningKey[" + Signing.fingerprint(open) + "]";
  }
}
