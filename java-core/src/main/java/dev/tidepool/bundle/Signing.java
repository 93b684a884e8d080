package dev.tidepool.bundle;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Signatures of bundles: Ed25519 (RFC 8032), keys in PEM files (RFC 7468, RFC 8410) as OpenSSL
 * makes them. Thread-safe.
 */
public final class Signing {
  private static final String ALGORITHM = "Ed25519";
  private static final String SECRET = "PRIVATE KEY";
  private static final String OPEN = "PUBLIC KEY";
  private static final long LARGEST_KEY = 1 << 16;

  private Signing() {}

  /**
   * Makes a pair of keys: the secret one in {@code file}, which only its owner may read, the other
   * in {@code file} with {@code .pub} behind it.
   *
   * @throws TidepoolException {@code bundle-key-exists} when one of the files is there
   */
  public static SigningKey generate(Path file) {
    Path open = file.resolveSibling(file.getFileName() + ".pub");
    return StorageFailures.translate(
        "write the key " + file,
        () -> {
          requireAbsent(file);
          requireAbsent(open);
          KeyPair pair = fresh(new SecureRandom());
          create(file, Pem.write(SECRET, pair.getPrivate().getEncoded()), "rw-------");
          try {
            create(open, Pem.write(OPEN, pair.getPublic().getEncoded()), "rw-r--r--");
          } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
          }
          return new SigningKey(pair.getPrivate(), pair.getPublic());
        });
  }

  /**
   * Reads the secret key in a PEM file; the other one follows from it.
   *
   * @throws TidepoolException {@code bundle-key-invalid}
   */
  public static SigningKey read(Path file) {
    String text = StorageFailures.translate("read the key " + file, () -> text(file));
    try {
      byte[] der = Pem.read(SECRET, text).orElseThrow(() -> noKey(file.toString(), "secret"));
      PrivateKey secret = KeyFactory.getInstance(ALGORITHM).generatePrivate(spec(der));
      return new SigningKey(secret, openOf(secret));
    } catch (GeneralSecurityException e) {
      throw noKey(file.toString(), "secret");
    }
  }

  private static PKCS8EncodedKeySpec spec(byte[] der) {
    return new PKCS8EncodedKeySpec(der);
  }

  /**
   * The key that signatures are verified with.
   *
   * @param fileOrText a PEM file, or what stands between its lines
   * @throws TidepoolException {@code bundle-key-invalid}
   */
  public static PublicKey publicKey(String fileOrText) {
    Optional<Path> file = file(fileOrText);
    if (file.isEmpty()) {
      return publicKeyOf(fileOrText);
    }
    String text = StorageFailures.translate("read the key " + fileOrText, () -> text(file.get()));
    byte[] der = Pem.read(OPEN, text).orElseThrow(() -> noKey(fileOrText, "public"));
    return publicKeyOf(Base64.getEncoder().encodeToString(der));
  }

  /**
   * Refuses a bundle that this key did not sign.
   *
   * @throws TidepoolException {@code bundle-unsigned}, {@code bundle-signature-other-key}
   */
  public static void require(BundleContents contents, PublicKey key) {
    BundleSignature signature =
        contents
            .signature()
            .orElseThrow(
                () ->
                    new TidepoolException(
                        ErrorKind.FORBIDDEN,
                        "bundle-unsigned",
                        "The bundle is not signed.",
                        "Ask whoever made it for a signed one, or leave --verify out."));
    if (!publicKeyOf(signature.publicKey()).equals(key)) {
      throw new TidepoolException(
          ErrorKind.FORBIDDEN,
          "bundle-signature-other-key",
          "Another key signed the bundle: "
              + signature.fingerprint()
              + ", not "
              + fingerprint(key)
              + ".",
          "Use nothing of it before whoever made it has told you why.");
    }
  }

  /** A short name of a key for people to compare: {@code SHA256:} and 32 hex digits. */
  public static String fingerprint(PublicKey key) {
    return "SHA256:" + Sha256.of(key.getEncoded()).substring(0, 32);
  }

  static BundleSignature sign(SigningKey key, byte[] manifest) {
    try {
      Signature signing = Signature.getInstance(ALGORITHM);
      signing.initSign(key.secret());
      signing.update(manifest);
      Base64.Encoder base64 = Base64.getEncoder();
      return new BundleSignature(
          base64.encodeToString(key.open().getEncoded()), base64.encodeToString(signing.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was read signs", e);
    }
  }

  /** Refuses a signature that its own key did not make over the manifest. */
  static void requireFits(BundleSignature signature, byte[] manifest) {
    boolean fits;
    try {
      Signature verifying = Signature.getInstance(ALGORITHM);
      verifying.initVerify(publicKeyOf(signature.publicKey()));
      verifying.update(manifest);
      fits = verifying.verify(Base64.getDecoder().decode(signature.signature()));
    } catch (GeneralSecurityException e) {
      fits = false;
    }
    if (!fits) {
      throw new TidepoolException(
          ErrorKind.FORBIDDEN,
          "bundle-signature-invalid",
          "The signature of the bundle is not one of its manifest: somebody changed it.",
          "Use nothing of it. Fetch it again, or ask whoever made it.");
    }
  }

  /** The key that stands in base64 in a signature. */
  static PublicKey publicKeyOf(String base64) {
    try {
      byte[] der = Base64.getDecoder().decode(base64.strip());
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw noKey(Texts.quoted(base64), "public");
    }
  }

  private static Optional<Path> file(String fileOrText) {
    try {
      return Optional.of(Path.of(fileOrText)).filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static TidepoolException noKey(String where, String kind) {
    return new TidepoolException(
        ErrorKind.INVALID,
        "bundle-key-invalid",
        "There is no " + kind + " Ed25519 key in " + where + ".",
        "tidepool bundle keygen makes a pair of keys.");
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > LARGEST_KEY) {
      return "";
    }
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  /** Java tells no public key of a secret one; it makes both of the same 32 random bytes. */
  private static PublicKey openOf(PrivateKey secret) throws InvalidKeySpecException {
    byte[] seed =
        secret instanceof EdECPrivateKey key ? key.getBytes().orElse(new byte[0]) : new byte[0];
    KeyPair pair = seed.length == 32 ? fresh(new Given(seed)) : fresh(new SecureRandom());
    if (!pair.getPrivate().equals(secret)) {
      throw new InvalidKeySpecException("no public key follows from this one");
    }
    return pair.getPublic();
  }

  private static KeyPair fresh(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(255, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java since 15 has Ed25519", e);
    }
  }

  private static void requireAbsent(Path file) {
    if (Files.exists(file)) {
      throw exists(file);
    }
  }

  private static TidepoolException exists(Path file) {
    return new TidepoolException(
        ErrorKind.CONFLICT,
        "bundle-key-exists",
        "There is a file " + file + " already.",
        "Name another file; a key that is lost cannot be made again.");
  }

  private static void create(Path file, String text, String permissions) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
            }
            : new FileAttribute<?>[0];
    try (FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    }
  }

  /** Hands out bytes that were chosen. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;

    Given(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }
}
