package dev.tidepool.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate of 127.0.0.1 that nobody signed, made for one test, and what makes a JVM trust it.
 *
 * @param pem the certificate
 * @param key its private key, in PKCS #8
 * @param trusted a store of keys that holds the certificate alone
 */
public record TestCertificate(Path pem, Path key, Path trusted) {
  private static final String PASSWORD = "of-no-worth";

  /** Makes one by Java's own keytool. */
  public static TestCertificate in(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Files.createDirectories(folder);
    Path keys = folder.resolve("keys.p12");
    TestCertificate made =
        new TestCertificate(
            folder.resolve("server.pem"),
            folder.resolve("server.key"),
            folder.resolve("trusted.p12"));
    keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=sea", "-ext", "san=ip:127.0.0.1");
    keytool(keys, "-exportcert", "-rfc", "-file", made.pem().toString());
    keytool(made.trusted(), "-importcert", "-noprompt", "-file", made.pem().toString());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    Key key = store.getKey("sea", PASSWORD.toCharArray());
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    Files.writeString(
        made.key(), "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
    return made;
  }

  /** Options of a JVM that trusts it, and nobody else. */
  public List<String> options() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trusted, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  private static void keytool(Path store, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "sea", "-keystore", store.toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }
}
