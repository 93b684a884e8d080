package dev.tidepool.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.Blob;

/** S3Proxy over a folder: it checks signatures, joins parts, and has the bucket {@code bundles}. */
public final class S3Server implements AutoCloseable {
  public static final String ID = "tidepool-test-id";
  public static final String SECRET = "not-so-secret-key-of-the-test";

  /** Clocks of tests stand still. */
  private static final int SKEW_SECONDS = 2 * 365 * 24 * 3600;

  private final BlobStoreContext context;
  private final S3Proxy proxy;

  public S3Server(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(
        "jclouds.filesystem.basedir", Files.createDirectories(folder).toString());
    context =
        ContextBuilder.newBuilder("filesystem-nio2")
            .credentials("identity", "credential")
            .overrides(properties)
            .build(BlobStoreContext.class);
    context.getBlobStore().createContainerInLocation(null, "bundles");
    proxy =
        S3Proxy.builder()
            .blobStore(context.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ID, SECRET)
            .maximumTimeSkew(SKEW_SECONDS)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  public int port() {
    return proxy.getPort();
  }

  /** What a shell would have set to use it. */
  public Map<String, String> variables() {
    return variables(port());
  }

  /** The same by way of another port. */
  public static Map<String, String> variables(int port) {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + port);
    variables.put("AWS_ACCESS_KEY_ID", ID);
    variables.put("AWS_SECRET_ACCESS_KEY", SECRET);
    return variables;
  }

  /** What is in it, behind the protocol's back. */
  public BlobStore inside() {
    return context.getBlobStore();
  }

  /** The bytes of an object. */
  public byte[] object(String key) throws IOException {
    Blob blob = Objects.requireNonNull(inside().getBlob("bundles", key));
    try (InputStream in = Objects.requireNonNull(blob.getPayload()).openStream()) {
      return in.readAllBytes();
    }
  }

  /** What an object carries besides its bytes. */
  public Map<String, String> about(String key) {
    return Objects.requireNonNull(inside().blobMetadata("bundles", key)).getUserMetadata();
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    context.close();
  }
}
