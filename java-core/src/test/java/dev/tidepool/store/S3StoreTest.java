package dev.tidepool.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that speaks S3 and checks what it gets. */
class S3StoreTest {
  private static final StoreAddress SEA = S3World.SEA;
  private static final String KEY = S3World.KEY;

  @TempDir Path temp;
  private S3World world;

  @BeforeEach
  void start() throws IOException {
    world = new S3World(temp);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private TidepoolException refused(Map<String, String> changes) throws IOException {
    Map<String, String> variables = new HashMap<>(world.server.variables());
    variables.putAll(changes);
    return S3World.failure(
        () -> world.stores(variables).push(SEA, world.file(1), false, Steps.silent()));
  }

  @Test
  void smallBundleArrivesWholeWithItsDigest() throws IOException {
    Path file = world.file(1);
    StoreAddress folder = StoreAddress.parse("s3://bundles/a b/");
    Pushed pushed = world.stores().push(folder, file, false, Steps.silent());
    assertThat(pushed.address()).isEqualTo("s3://bundles/a b/sea_bundle.tar.gz");
    assertThat(pushed.sent()).isEqualTo(Files.size(file));
    assertThat(world.server.object(KEY)).isEqualTo(Files.readAllBytes(file));
    assertThat(world.server.about(KEY))
        .containsEntry("sha256", Sha256.of(Files.readAllBytes(file)));
  }

  @Test
  void sameBundleIsSentOnce() throws IOException {
    Path file = world.file(9);
    world.stores().push(SEA, file, false, Steps.silent());
    try (Relay relay = new Relay(world.server.port())) {
      Stores stores = world.stores(S3Server.variables(relay.port()));
      assertThat(stores.push(SEA, file, false, Steps.silent()).sent()).isZero();
      assertThat(stores.push(SEA, file, true, Steps.silent()).sent()).isZero();
      assertThat(relay.up()).isLessThan(10_000);
    }
  }

  @Test
  void otherBundleStaysUnlessItIsToBeReplaced() throws IOException {
    Stores stores = world.stores();
    stores.push(SEA, world.file(9), false, Steps.silent());
    byte[] before = world.server.object(KEY);
    Path other = world.file(1);
    TidepoolException taken = S3World.failure(() -> stores.push(SEA, other, false, Steps.silent()));
    assertThat(taken.code()).isEqualTo("store-taken");
    assertThat(world.server.object(KEY)).isEqualTo(before);
    stores.push(SEA, other, true, Steps.silent());
    assertThat(world.server.object(KEY)).isEqualTo(Files.readAllBytes(other));
  }

  /**
   * Kills a fetch half-way.
   *
   * @return how many bytes its file lacks: several MiB may have been on their way
   */
  private static long killedFetch(Relay relay, Path cache, Path file) throws Exception {
    relay.holdAfterDown(12 << 20);
    try (ChildJvm child =
        ChildJvm.start(StoreWorker.class, "fetch", SEA.shown(), cache, file, relay.port())) {
      relay.awaitStop();
      child.kill();
      child.ended().get();
    }
    relay.restart();
    try (Stream<Path> files = Files.walk(cache)) {
      Path part = files.filter(each -> each.toString().endsWith(".part")).findAny().orElseThrow();
      assertThat(part).isNotEmptyFile();
      return Files.size(file) - Files.size(part);
    }
  }

  @Test
  void sameNameAtAnotherEndpointIsAnotherBundle() throws Exception {
    Path file = world.file(20);
    Path cache = temp.resolve("cache");
    world.stores().push(SEA, file, false, Steps.silent());
    try (S3Server other = new S3Server(temp.resolve("other"));
        Relay relay = new Relay(world.server.port())) {
      long lacks = killedFetch(relay, cache, file);
      world.stores(other.variables()).push(SEA, world.file(9), false, Steps.silent());
      Path fetched = world.stores(other.variables()).fetch(SEA, Steps.silent()).file();
      try (ChildJvm child =
          ChildJvm.start(StoreWorker.class, "fetch", SEA.shown(), cache, file, relay.port())) {
        Path whole = Path.of(String.valueOf(child.read()));
        assertThat(Files.readAllBytes(whole)).isEqualTo(world.server.object(KEY));
      }
      assertThat(relay.down()).isCloseTo(lacks, within(1L << 20));
      assertThat(Files.readAllBytes(fetched)).isEqualTo(other.object(KEY));
    }
  }

  @Test
  void killedFetchGoesOnWhereItStopped() throws Exception {
    Path file = world.file(20);
    world.stores().push(SEA, file, false, Steps.silent());
    Path cache = temp.resolve("other");
    try (Relay relay = new Relay(world.server.port())) {
      long lacks = killedFetch(relay, cache, file);
      try (ChildJvm child =
          ChildJvm.start(StoreWorker.class, "fetch", SEA.shown(), cache, file, relay.port())) {
        Path fetched = Path.of(String.valueOf(child.read()));
        assertThat(Files.mismatch(fetched, file)).isNegative();
        assertThat(relay.down()).isCloseTo(lacks, within(1L << 20));
      }
    }
  }

  @Test
  void wrongKeysAreNamedAndNotShown() throws IOException {
    TidepoolException secret = refused(Map.of("AWS_SECRET_ACCESS_KEY", "quite-another-secret"));
    assertThat(secret.code()).isEqualTo("store-keys-refused");
    assertThat(secret.text() + secret.hints())
        .contains("AWS_SECRET_ACCESS_KEY")
        .doesNotContain("quite-another", S3Server.ID);
    assertThat(refused(Map.of("AWS_ACCESS_KEY_ID", "nobody")).code())
        .isEqualTo("store-keys-refused");
    assertThat(refused(Map.of("AWS_SECRET_ACCESS_KEY", "")).code())
        .isEqualTo("store-settings-invalid");
    Map<String, String> none = new HashMap<>(world.server.variables());
    none.remove("AWS_ACCESS_KEY_ID");
    // The server reads no more than a little of what it refuses, and then breaks off.
    Path little = Files.write(temp.resolve("little.tar.gz"), new byte[1000]);
    assertThat(
            S3World.failure(() -> world.stores(none).push(SEA, little, false, Steps.silent()))
                .code())
        .isEqualTo("store-keys-missing");
  }

  @Test
  void wrongPlacesAreNamed() throws IOException {
    StoreAddress nowhere = StoreAddress.parse("s3://no-such-bucket/x.tar.gz");
    Stores stores = world.stores();
    Path file = world.file(9);
    assertThat(S3World.failure(() -> stores.push(nowhere, file, false, Steps.silent())).code())
        .isEqualTo("store-bucket-not-found");
    assertThat(S3World.failure(() -> stores.fetch(SEA, Steps.silent())).code())
        .isEqualTo("store-nothing-there");
    assertThat(refused(Map.of("AWS_ENDPOINT_URL_S3", "")).code()).isEqualTo("store-region-missing");
    assertThat(refused(Map.of("AWS_ENDPOINT_URL_S3", "ftp://x")).code())
        .isEqualTo("store-settings-invalid");
    assertThat(refused(Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")).code())
        .isEqualTo("store-unreachable");
    assertThat(refused(Map.of("AWS_PROFILE", "absent", "HOME", temp.toString())).code())
        .isEqualTo("store-settings-invalid");
  }

  @Test
  void profileOfAwsToolsIsTaken() throws IOException {
    Files.createDirectories(temp.resolve(".aws"));
    Files.writeString(
        temp.resolve(".aws/credentials"),
        "[default]\naws_access_key_id = wrong\n\n[studio]\naws_access_key_id = "
            + S3Server.ID
            + "\naws_secret_access_key="
            + S3Server.SECRET
            + "\n");
    Files.writeString(
        temp.resolve(".aws/config"),
        "[profile studio]\n# ours\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:"
            + world.server.port()
            + "\n");
    Stores stores = world.stores(Map.of("AWS_PROFILE", "studio", "HOME", temp.toString()));
    assertThat(stores.push(SEA, world.file(1), false, Steps.silent()).sent()).isPositive();
  }
}
