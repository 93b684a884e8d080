package dev.tidepool.bundle;

import com.fasterxml.jackson.core.JacksonException;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/**
 * What {@code signature.json} says: an Ed25519 signature (RFC 8032) over the bytes of {@code
 * manifest.json}. One that was read fits to the manifest; whether its key is one that somebody
 * trusts, {@link Signing#require} says.
 *
 * @param publicKey a SubjectPublicKeyInfo (RFC 8410) in base64: what stands in a PEM file
 * @param signature 64 bytes in base64
 */
public record BundleSignature(String publicKey, String signature) {
  /** The member that holds it. */
  public static final String MEMBER = "signature.json";

  private static final String ALGORITHM = "Ed25519";

  /** A short name of the key for people to compare: {@code SHA256:…}. */
  public String fingerprint() {
    return Signing.fingerprint(Signing.publicKeyOf(publicKey));
  }

  static BundleSignature parse(byte[] json) {
    try {
      ManifestFields fields = new ManifestFields(MEMBER, JsonTree.read(json));
      if (fields.node().path("schema").asInt() > 1
          || !fields.node().path("algorithm").asText().equals(ALGORITHM)) {
        throw new TidepoolException(
            ErrorKind.UNSUPPORTED,
            "bundle-version-unsupported",
            "The bundle is signed in a way that this Tidepool does not know.",
            "Update Tidepool, then try again.");
      }
      BundleSignature signature =
          new BundleSignature(fields.text("public_key"), fields.text("signature"));
      Base64.getDecoder().decode(signature.signature());
      return signature;
    } catch (JacksonException | IllegalArgumentException e) {
      throw ManifestFields.wrong(MEMBER, "is no signature");
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  byte[] json() {
    try {
      return JsonTree.writeIndented(
          JsonTree.object()
              .put("schema", 1)
              .put("algorithm", ALGORITHM)
              .put("public_key", publicKey)
              .put("signature", signature));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }
}
