package dev.tidepool.store;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * How S3 is reached, from the variables and files that AWS's own tools use. Never printed.
 *
 * @param endpoint what is asked in place of AWS, without a slash at its end; objects are named in
 *     the path then
 * @param keys who asks; nobody where a bucket is open to all
 */
record S3Settings(Optional<URI> endpoint, String region, Optional<Keys> keys) {
  private static final String USUAL_REGION = "us-east-1";

  /**
   * Who asks.
   *
   * @param session the token that belongs to keys for a while
   */
  record Keys(String id, String secret, Optional<String> session) {
    @Override
    public String toString() {
      return "Keys";
    }
  }

  /**
   * Reads them: {@code AWS_ENDPOINT_URL_S3}, {@code AWS_ENDPOINT_URL}, {@code AWS_REGION}, {@code
   * AWS_DEFAULT_REGION}, {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}, {@code
   * AWS_SESSION_TOKEN}; what they do not say, from the profile.
   *
   * @throws TidepoolException {@code store-settings-invalid}, {@code store-region-missing}, {@code
   *     aws-profile-not-found}
   */
  static S3Settings of(Map<String, String> variables) {
    AwsProfile profile = AwsProfile.of(variables);
    Optional<URI> endpoint =
        first(variables, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
            .or(() -> profile.get("endpoint_url"))
            .map(S3Settings::endpoint);
    Optional<String> region =
        first(variables, "AWS_REGION", "AWS_DEFAULT_REGION").or(() -> profile.get("region"));
    if (region.isPresent() && !region.get().matches("[A-Za-z0-9-]{1,64}")) {
      throw invalid("The region " + region.get() + " is none.", "AWS_REGION is such as eu-west-1.");
    }
    if (endpoint.isEmpty() && region.isEmpty()) {
      throw new TidepoolException(
          ErrorKind.INVALID,
          "store-region-missing",
          "Nothing says where the bucket is.",
          "At AWS: set AWS_REGION, such as eu-west-1.",
          "Elsewhere: set AWS_ENDPOINT_URL_S3, such as https://minio.example.org.");
    }
    return new S3Settings(endpoint, region.orElse(USUAL_REGION), keys(variables, profile));
  }

  private static Optional<Keys> keys(Map<String, String> variables, AwsProfile profile) {
    Optional<String> id = first(variables, "AWS_ACCESS_KEY_ID");
    Optional<String> key = first(variables, "AWS_SECRET_ACCESS_KEY");
    if (id.isPresent() && key.isPresent()) {
      return Optional.of(new Keys(id.get(), key.get(), first(variables, "AWS_SESSION_TOKEN")));
    }
    if (id.isPresent() && !AwsProfile.isChosen(variables)) {
      throw invalid(
          "AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not.", "Set both, or neither.");
    }
    Optional<String> secret = profile.get("aws_secret_access_key");
    return profile
        .get("aws_access_key_id")
        .filter(each -> secret.isPresent())
        .map(each -> new Keys(each, secret.orElseThrow(), profile.get("aws_session_token")));
  }

  /** The address of an object, or of the bucket where the key is empty. */
  URI uri(StoreAddress.Bucket address) {
    String path = "/" + UriText.path(address.key());
    if (endpoint.isPresent()) {
      return URI.create(endpoint.get() + "/" + address.bucket() + path);
    }
    String domain = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
    String host = "s3." + region + domain;
    boolean isHostName = address.bucket().matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
    return URI.create(
        isHostName
            ? "https://" + address.bucket() + "." + host + path
            : "https://" + host + "/" + address.bucket() + path);
  }

  private static URI endpoint(String text) {
    try {
      URI uri = new URI(text.strip().replaceFirst("/+$", ""));
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isWeb
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below, without the text: it may hold a password.
      return refuseEndpoint();
    }
    return refuseEndpoint();
  }

  private static URI refuseEndpoint() {
    throw invalid(
        "The address in AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL is none.",
        "It is such as https://minio.example.org:9000, without a password.");
  }

  private static Optional<String> first(Map<String, String> variables, String... names) {
    for (String name : names) {
      String value = variables.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  static TidepoolException invalid(String message, String hint) {
    return new TidepoolException(ErrorKind.INVALID, "store-settings-invalid", message, hint);
  }
}
