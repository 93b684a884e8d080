package dev.tidepool.http;

import dev.tidepool.error.TidepoolException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What it means that a server's certificate (RFC 5280) is not accepted: nothing was sent then. */
final class ServerCertificates {
  private ServerCertificates() {}

  /** The failure when that is why there is no answer; asking again does not help. */
  static Optional<TidepoolException> failure(
      Exception e, URI asked, URI uri, HttpFailures failures) {
    Optional<Throwable> refused = cause(e, CertificateException.class);
    if (refused.isEmpty()) {
      return Optional.empty();
    }
    boolean unknown = cause(e, CertPathBuilderException.class).isPresent();
    String host = String.valueOf(uri.getHost());
    TidepoolException told =
        failures.unreachable(
            asked,
            unknown
                ? "the certificate of " + host + " is signed by nobody whom this Java trusts"
                : "the certificate of " + host + " is not valid (" + root(refused.get()) + ")",
            e);
    List<String> hints = new ArrayList<>();
    hints.add(
        host.equals(asked.getHost())
            ? "Nothing was sent, no token either."
            : "Nothing was sent to " + host + ".");
    hints.add(unknown ? trust(host) : "Ask who keeps the server.");
    return Optional.of(
        new TidepoolException(
            e, told.kind(), told.code(), told.text(), hints.toArray(String[]::new)));
  }

  private static String trust(String host) {
    Path keytool = Path.of(System.getProperty("java.home", ""), "bin", "keytool");
    return "If the server is yours, let Java trust it: "
        + keytool
        + " -importcert -cacerts -alias "
        + host
        + " -file CERTIFICATE.pem";
  }

  private static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static Optional<Throwable> cause(Throwable e, Class<?> type) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
