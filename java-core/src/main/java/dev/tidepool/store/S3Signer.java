package dev.tidepool.store;

import dev.tidepool.http.Credentials;
import dev.tidepool.http.Outgoing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs requests with AWS Signature Version 4, in their header fields: nothing that could be used
 * by whoever sees an address. The body is signed too, by its SHA-256, which the server compares.
 * Thread-safe.
 */
final class S3Signer implements Credentials {
  /** What the client sets itself. */
  private static final Set<String> NOT_SENT = Set.of("host", "content-length");

  private final S3Settings.Keys keys;
  private final String region;
  private final Clock clock;

  S3Signer(S3Settings.Keys keys, String region, Clock clock) {
    this.keys = keys;
    this.region = region;
    this.clock = clock;
  }

  @Override
  public Map<String, String> of(Outgoing request) {
    SdkHttpRequest unsigned = unsigned(request);
    ContentStreamProvider content = () -> open(request);
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                each ->
                    each.identity(identity())
                        .request(unsigned)
                        .payload(content)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock));
    Map<String, String> added = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> field : signed.request().headers().entrySet()) {
      boolean known = unsigned.headers().containsKey(field.getKey());
      if (!known && !NOT_SENT.contains(field.getKey().toLowerCase(Locale.ROOT))) {
        added.put(field.getKey(), String.join(",", field.getValue()));
      }
    }
    return added;
  }

  private static SdkHttpRequest unsigned(Outgoing request) {
    URI uri = request.uri();
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(request.method()))
            .protocol(uri.getScheme())
            .host(uri.getHost())
            .encodedPath(uri.getRawPath());
    if (uri.getPort() >= 0) {
      unsigned.port(uri.getPort());
    }
    String query = uri.getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      String[] parts = pair.split("=", 2);
      unsigned.appendRawQueryParameter(
          decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
    }
    request.headers().forEach(unsigned::putHeader);
    return unsigned.build();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static InputStream open(Outgoing request) {
    try {
      return request.content().open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AwsCredentialsIdentity identity() {
    return keys.session().isPresent()
        ? AwsSessionCredentialsIdentity.create(keys.id(), keys.secret(), keys.session().get())
        : AwsCredentialsIdentity.create(keys.id(), keys.secret());
  }
}
