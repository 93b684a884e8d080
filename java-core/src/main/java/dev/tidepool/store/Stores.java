package dev.tidepool.store;

import dev.tidepool.download.DownloadFailures;
import dev.tidepool.download.Downloads;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.http.AddressRule;
import dev.tidepool.http.Credentials;
import dev.tidepool.http.Http;
import dev.tidepool.http.HttpFailures;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.http.Pauses;
import dev.tidepool.http.PublicAddresses;
import dev.tidepool.http.Tokens;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sends bundles to stores, and gets them from there. What broke off goes on with the same call, in
 * another process too.
 *
 * <pre>{@code
 * Stores stores = new Stores(variables, cache, false, Stores.usual(), Pauses.real(), locks, clock);
 * Pushed pushed = stores.push(StoreAddress.parse("s3://bundles/"), file, false, steps);
 * Fetched fetched = stores.fetch(StoreAddress.parse(pushed.address()), steps);
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Stores {
  private final Map<String, String> variables;
  private final Path cache;
  private final boolean privateToo;
  private final HttpPatience patience;
  private final Pauses pauses;
  private final StoreLocks locks;
  private final Clock clock;

  /**
   * Stores, as far as these means reach.
   *
   * @param variables with tokens and keys
   * @param cache of the workspace; need not exist
   * @param privateToo whether addresses in private networks may be asked that nobody named
   */
  public Stores(
      Map<String, String> variables,
      Path cache,
      boolean privateToo,
      HttpPatience patience,
      Pauses pauses,
      StoreLocks locks,
      Clock clock) {
    this.variables = Map.copyOf(variables);
    this.cache = cache;
    this.privateToo = privateToo;
    this.patience = patience;
    this.pauses = pauses;
    this.locks = locks;
    this.clock = clock;
  }

  /** What fits stores on the internet, which may take a while to join the parts of a large file. */
  public static HttpPatience usual() {
    return new HttpPatience(
        Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofSeconds(60), 4);
  }

  /**
   * Makes sure that something can be sent there, as far as that can be told without asking.
   *
   * @throws TidepoolException {@code store-settings-invalid}, {@code store-region-missing}
   */
  public void require(StoreAddress address) {
    if (address instanceof StoreAddress.Bucket) {
      S3Settings.of(variables);
    }
  }

  /**
   * Sends a file, unless it is there already.
   *
   * @param address a file, or a folder for it
   * @param replaces whether something else may be there, which is lost then
   * @throws TidepoolException {@code store-taken}; {@code store-refused}; {@code store-unreachable}
   *     and {@code store-overloaded}, after which the same call goes on; {@code store-kept-wrong};
   *     of S3 also {@code store-bucket-not-found}, {@code store-region-wrong}, {@code
   *     store-keys-missing}, {@code store-keys-refused}, {@code store-settings-invalid}, {@code
   *     store-region-missing}; {@code store-hidden} when one may not look whether something is
   *     there
   */
  public Pushed push(StoreAddress address, Path file, boolean replaces, Steps steps) {
    StoreAddress target = address.at(String.valueOf(file.getFileName()));
    require(target);
    steps.begin("Reading " + file.getFileName());
    Parcel parcel = Parcel.of(file, steps);
    if (target instanceof StoreAddress.Web web) {
      Http http = http(pushRule(web.uri()), new StoreFailures(), tokens());
      return new WebStore(http, steps).push(web, parcel, replaces);
    }
    StoreAddress.Bucket bucket = (StoreAddress.Bucket) target;
    S3Settings settings = S3Settings.of(variables);
    URI uri = settings.uri(bucket);
    S3 s3 = new S3(http(pushRule(uri), new StoreFailures(), signer(settings)), settings);
    Path folder = cache.resolve("pushes").resolve(Sha256.of(uri.toString()).substring(0, 16));
    // Two that send to one address would take each other's parts.
    return StorageFailures.translate(
        "write into " + folder,
        () ->
            locks
                .of(folder)
                .holding(() -> new S3Store(s3, folder, steps).push(bucket, parcel, replaces)));
  }

  /**
   * Does something while nobody else gets what is at an address, or uses it.
   *
   * @throws TidepoolException {@code store-busy} when somebody does so for two minutes; {@code
   *     store-settings-invalid}, {@code store-region-missing}
   */
  public <T> T alone(StoreAddress address, Supplier<T> work) {
    Path folder = arrival(address);
    return StorageFailures.translate(
        "write into " + folder, () -> locks.of(folder).holding(work::get));
  }

  /**
   * Gets a bundle into the cache. Inside of {@link #alone} it stays there until that ends.
   *
   * @throws TidepoolException {@code store-address-invalid} for a folder; what {@link Downloads}
   *     throws; of S3 what {@link #push} throws
   */
  public Fetched fetch(StoreAddress address, Steps steps) {
    if (address.isFolder()) {
      throw StoreFailures.address(address.shown(), "it is a folder, and names no bundle");
    }
    return alone(address, () -> fetchAlone(address, steps));
  }

  private Fetched fetchAlone(StoreAddress address, Steps steps) {
    return StorageFailures.translate(
        "write into " + cache,
        () -> {
          Arrival arrival = Arrival.of(arrivals(), arrival(address), address.name(), clock);
          AddressRule rule = PublicAddresses.of(privateToo);
          if (address instanceof StoreAddress.Web web) {
            return fetch(web.uri(), http(rule, new DownloadFailures(), tokens()), arrival, steps);
          }
          StoreAddress.Bucket bucket = (StoreAddress.Bucket) address;
          S3Settings settings = S3Settings.of(variables);
          S3 s3 = new S3(http(rule, new StoreFailures(), signer(settings)), settings);
          Seen seen = s3.look(bucket);
          if (seen.state() == Seen.State.NOTHING) {
            throw StoreFailures.nothing(bucket.shown());
          }
          if (seen.state() == Seen.State.HIDDEN) {
            throw S3.mayNot(bucket);
          }
          Http http = http(rule, new DownloadFailures(), signer(settings));
          return fetch(settings.uri(bucket), http, arrival, steps);
        });
  }

  private Fetched fetch(URI uri, Http http, Arrival arrival, Steps steps)
      throws java.io.IOException {
    Downloads downloads = new Downloads(http, cache.resolve("downloads"), locks);
    return new Fetching(http, downloads, steps).fetch(uri, arrival);
  }

  /** Two endpoints may have the same bucket and key. */
  private Path arrival(StoreAddress address) {
    URI uri =
        address instanceof StoreAddress.Web web
            ? web.uri()
            : S3Settings.of(variables).uri((StoreAddress.Bucket) address);
    return Arrival.folder(arrivals(), uri);
  }

  private Path arrivals() {
    return cache.resolve("arrivals");
  }

  private AddressRule pushRule(URI uri) {
    return new PushRule(uri, PublicAddresses.of(privateToo));
  }

  private Http http(AddressRule rule, HttpFailures failures, Credentials credentials) {
    return new Http(patience, pauses, rule, failures, credentials);
  }

  private Tokens tokens() {
    return Tokens.of(variables, privateToo);
  }

  private Credentials signer(S3Settings settings) {
    return settings
        .keys()
        .<Credentials>map(keys -> new S3Signer(keys, settings.region(), clock))
        .orElseGet(Credentials::none);
  }
}
