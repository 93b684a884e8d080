package dev.tidepool.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.http.Content;
import dev.tidepool.http.Credentials;
import dev.tidepool.http.Http;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.http.PublicAddresses;
import dev.tidepool.http.Reply;
import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that speaks S3 and checks what it gets. */
class S3StoreTest {
  private static final HttpPatience PATIENCE =
      new HttpPatience(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), 2);
  private static final StoreAddress SEA = StoreAddress.parse("s3://bundles/a b/sea_bundle.tar.gz");
  private static final String KEY = "a b/sea_bundle.tar.gz";

  private static final Seen NOTHING = Seen.none(Seen.State.NOTHING);

  private S3Server server;

  @TempDir Path temp;

  @BeforeEach
  void start() throws IOException {
    server = new S3Server(temp.resolve("s3"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Stores stores(Map<String, String> variables) {
    return new Stores(
        variables,
        temp.resolve("cache"),
        true,
        PATIENCE,
        length -> {},
        new StoreLocks(),
        Clock.systemUTC());
  }

  private Path file(int mebibytes) throws IOException {
    byte[] content = new byte[mebibytes << 20];
    new Random(7).nextBytes(content);
    return Files.write(temp.resolve("sea_bundle.tar.gz"), content);
  }

  private static TidepoolException failure(ThrowingCallable work) {
    return catchThrowableOfType(TidepoolException.class, work);
  }

  private TidepoolException refused(Map<String, String> changes) throws IOException {
    Map<String, String> variables = new HashMap<>(server.variables());
    variables.putAll(changes);
    return failure(() -> stores(variables).push(SEA, file(1), false, Steps.silent()));
  }

  @Test
  void smallBundleArrivesWholeWithItsDigest() throws IOException {
    Path file = file(1);
    StoreAddress folder = StoreAddress.parse("s3://bundles/a b/");
    Pushed pushed = stores(server.variables()).push(folder, file, false, Steps.silent());
    assertThat(pushed.address()).isEqualTo("s3://bundles/a b/sea_bundle.tar.gz");
    assertThat(pushed.sent()).isEqualTo(Files.size(file));
    assertThat(server.object(KEY)).isEqualTo(Files.readAllBytes(file));
    assertThat(server.about(KEY)).containsEntry("sha256", Sha256.of(Files.readAllBytes(file)));
  }

  @Test
  void largeBundleGoesInPartsAndComesBack() throws IOException {
    Path file = file(21);
    Pushed pushed = stores(server.variables()).push(SEA, file, false, Steps.silent());
    assertThat(pushed.sent()).isEqualTo(Files.size(file));
    assertThat(server.object(KEY)).isEqualTo(Files.readAllBytes(file));
    assertThat(temp.resolve("cache/pushes")).isDirectoryRecursivelyContaining("glob:**/.lock");
    assertThat(temp.resolve("cache/pushes")).isDirectoryNotContaining("glob:**/upload-*.json");
    Fetched fetched = stores(server.variables()).fetch(SEA, Steps.silent());
    assertThat(fetched.file()).hasFileName("sea_bundle.tar.gz");
    assertThat(Files.mismatch(fetched.file(), file)).isNegative();
    fetched.remove();
    assertThat(only(temp.resolve("cache/arrivals")))
        .isDirectoryNotContaining(each -> !each.endsWith(".lock"));
  }

  @Test
  void sameBundleIsSentOnce() throws IOException {
    Path file = file(9);
    stores(server.variables()).push(SEA, file, false, Steps.silent());
    try (Relay relay = new Relay(server.port())) {
      Stores stores = stores(S3Server.variables(relay.port()));
      assertThat(stores.push(SEA, file, false, Steps.silent()).sent()).isZero();
      assertThat(stores.push(SEA, file, true, Steps.silent()).sent()).isZero();
      assertThat(relay.up()).isLessThan(10_000);
    }
  }

  @Test
  void otherBundleStaysUnlessItIsToBeReplaced() throws IOException {
    Stores stores = stores(server.variables());
    stores.push(SEA, file(9), false, Steps.silent());
    byte[] before = server.object(KEY);
    Path other = file(1);
    TidepoolException taken = failure(() -> stores.push(SEA, other, false, Steps.silent()));
    assertThat(taken.code()).isEqualTo("store-taken");
    assertThat(server.object(KEY)).isEqualTo(before);
    stores.push(SEA, other, true, Steps.silent());
    assertThat(server.object(KEY)).isEqualTo(Files.readAllBytes(other));
  }

  @Test
  void killedPushGoesOnWithThePartsThatAreThere() throws Exception {
    Path file = file(40);
    Path cache = temp.resolve("cache");
    try (Relay relay = new Relay(server.port())) {
      relay.holdAfterUp(38 << 20);
      try (ChildJvm child =
          ChildJvm.start(StoreWorker.class, "push", SEA.shown(), cache, file, relay.port())) {
        relay.awaitStop();
        child.kill();
      }
      assertThat(server.inside().blobExists("bundles", KEY)).isFalse();
      relay.restart();
      try (ChildJvm child =
          ChildJvm.start(StoreWorker.class, "push", SEA.shown(), cache, file, relay.port())) {
        String said = String.valueOf(child.read());
        assertThat(said).startsWith("sent ");
        long sent = Long.parseLong(said.substring(5));
        assertThat(sent).isBetween(8L << 20, 32L << 20);
        assertThat(relay.up()).isBetween(sent, sent + 50_000);
      }
    }
    assertThat(server.object(KEY)).isEqualTo(Files.readAllBytes(file));
    assertThat(PushState.all(only(cache.resolve("pushes")))).isEmpty();
  }

  @Test
  void brokenPushSaysHowItGoesOnAndAnotherBundleEndsIt() throws Exception {
    Path file = file(24);
    try (Relay relay = new Relay(server.port())) {
      Stores stores = stores(S3Server.variables(relay.port()));
      relay.cutsRequest("POST", "uploadId=");
      TidepoolException broken = failure(() -> stores.push(SEA, file, false, Steps.silent()));
      assertThat(broken.code()).isEqualTo("store-unreachable");
      assertThat(broken.hints())
          .anyMatch(hint -> hint.contains("goes on from where it stopped"))
          .anyMatch(hint -> hint.contains("abort-multipart-upload --endpoint-url 'http://"));
      PushState left = state(only(temp.resolve("cache/pushes")));
      assertThat(parts(left)).isEqualTo(3);
      relay.restart();
      stores.push(SEA, file(10), false, Steps.silent());
      assertThat(parts(left)).isZero();
    }
    assertThat(server.object(KEY)).hasSize(10 << 20);
  }

  @Test
  void partThatIsWrongInTheStoreIsSentAgain() throws Exception {
    Path file = file(24);
    try (Relay relay = new Relay(server.port())) {
      Stores stores = stores(S3Server.variables(relay.port()));
      // All parts arrive, and the request to join them does not.
      relay.cutsRequest("POST", "uploadId=");
      assertThat(failure(() -> stores.push(SEA, file, false, Steps.silent()))).isNotNull();
      String query = upload(state(only(temp.resolve("cache/pushes"))));
      Content other = Content.of(new byte[8 << 20]);
      s3().ask("PUT", (StoreAddress.Bucket) SEA, "partNumber=2&" + query, Map.of(), other, n -> {});
      relay.restart();
      Pushed pushed = stores.push(SEA, file, false, Steps.silent());
      assertThat(pushed.sent()).isEqualTo(8 << 20);
      assertThat(server.object(KEY)).isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void keysThatEndInTheMiddleLeaveThePartsForTheNextTime() throws Exception {
    Parcel parcel = Parcel.of(file(24), Steps.silent());
    Path states = Files.createDirectory(temp.resolve("states"));
    Credentials wrong = signer("another-secret");
    Credentials right = signer(S3Server.SECRET);
    for (String last : new String[] {"partNumber=3&", "?uploadId="}) {
      Credentials ending =
          request ->
              (request.uri().toString().contains(last) && !request.method().equals("GET")
                      ? wrong
                      : right)
                  .of(request);
      TidepoolException e = failure(() -> upload(ending, parcel, states).send(true, NOTHING));
      assertThat(e.code()).isEqualTo("store-keys-refused");
      assertThat(e.hints()).anyMatch(hint -> hint.contains("goes on from where it stopped"));
    }
    assertThat(parts(state(states))).isEqualTo(3);
    assertThat(upload(right, parcel, states).send(true, NOTHING).isDone()).isTrue();
    assertThat(PushState.all(states)).isEmpty();
  }

  @Test
  void uploadThatTheStoreLetsNobodyEndGoesOnBesideAnother() throws Exception {
    Path states = Files.createDirectory(temp.resolve("states"));
    byte[] sea = Files.readAllBytes(file(24));
    Parcel one = Parcel.of(Files.write(temp.resolve("sea"), sea), Steps.silent());
    Parcel other = Parcel.of(file(17), Steps.silent());
    Credentials noJoining = refusing("POST", "?uploadId=");
    for (Parcel parcel : List.of(one, other)) {
      failure(() -> upload(noJoining, parcel, states).send(false, NOTHING));
    }
    assertThat(PushState.all(states)).hasSize(2);

    Credentials noEnding = refusing("DELETE", "?uploadId=");
    for (Parcel parcel : List.of(one, other)) {
      AtomicLong sent = new AtomicLong();
      PartsUpload upload =
          new PartsUpload(
              s3(noEnding),
              (StoreAddress.Bucket) SEA,
              parcel,
              states,
              sent::addAndGet,
              bytes -> {});
      assertThat(upload.send(false, NOTHING).isDone()).isTrue();
      assertThat(sent).hasValue(0);
      assertThat(server.object(KEY)).isEqualTo(Files.readAllBytes(parcel.file()));
    }
    assertThat(PushState.all(states)).isEmpty();
  }

  /** Keys that may not do one thing, and also not end the upload of another. */
  private static Credentials refusing(String method, String part) {
    Credentials wrong = signer("another-secret");
    Credentials right = signer(S3Server.SECRET);
    return request -> {
      boolean refused =
          request.method().equals("DELETE")
              || (request.method().equals(method) && request.uri().toString().contains(part));
      return (refused ? wrong : right).of(request);
    };
  }

  /** The one upload that is under way. */
  private static PushState state(Path states) {
    return PushState.read(PushState.all(states).get(0)).orElseThrow();
  }

  @Test
  void sameNameAtAnotherEndpointIsAnotherBundle() throws Exception {
    Path file = file(20);
    Path cache = temp.resolve("cache");
    stores(server.variables()).push(SEA, file, false, Steps.silent());
    try (S3Server other = new S3Server(temp.resolve("other"));
        Relay relay = new Relay(server.port())) {
      relay.holdAfterDown(12 << 20);
      try (ChildJvm child =
          ChildJvm.start(StoreWorker.class, "fetch", SEA.shown(), cache, file, relay.port())) {
        relay.awaitStop();
        child.kill();
      }
      stores(other.variables()).push(SEA, file(9), false, Steps.silent());
      Path fetched = stores(other.variables()).fetch(SEA, Steps.silent()).file();
      relay.restart();
      try (ChildJvm child =
          ChildJvm.start(StoreWorker.class, "fetch", SEA.shown(), cache, file, relay.port())) {
        Path whole = Path.of(String.valueOf(child.read()));
        assertThat(Files.readAllBytes(whole)).isEqualTo(server.object(KEY));
      }
      assertThat(relay.down()).isBetween(8L << 20, 13L << 20);
      assertThat(Files.readAllBytes(fetched)).isEqualTo(other.object(KEY));
    }
  }

  private PartsUpload upload(Credentials credentials, Parcel parcel, Path states) {
    return new PartsUpload(
        s3(credentials), (StoreAddress.Bucket) SEA, parcel, states, bytes -> {}, bytes -> {});
  }

  private static Credentials signer(String secret) {
    return new S3Signer(
        new S3Settings.Keys(S3Server.ID, secret, Optional.empty()), "us-east-1", Clock.systemUTC());
  }

  private S3 s3() {
    return s3(signer(S3Server.SECRET));
  }

  private S3 s3(Credentials credentials) {
    Http http =
        new Http(
            PATIENCE, length -> {}, PublicAddresses.of(true), new StoreFailures(), credentials);
    return new S3(http, S3Settings.of(server.variables()));
  }

  /** How many parts the server has of an upload. */
  private int parts(PushState state) {
    Reply reply = s3().ask("GET", (StoreAddress.Bucket) SEA, upload(state));
    return S3Xml.parse(reply.body()).all("Part/PartNumber").size();
  }

  private static String upload(PushState state) {
    return "uploadId=" + UriText.encoded(state.upload());
  }

  private static Path only(Path folder) throws IOException {
    return Folders.children(folder).get(0);
  }

  @Test
  void killedFetchGoesOnWhereItStopped() throws Exception {
    Path file = file(20);
    stores(server.variables()).push(SEA, file, false, Steps.silent());
    Path cache = temp.resolve("other");
    try (Relay relay = new Relay(server.port())) {
      relay.holdAfterDown(12 << 20);
      try (ChildJvm child =
          ChildJvm.start(StoreWorker.class, "fetch", SEA.shown(), cache, file, relay.port())) {
        relay.awaitStop();
        child.kill();
      }
      relay.restart();
      try (ChildJvm child =
          ChildJvm.start(StoreWorker.class, "fetch", SEA.shown(), cache, file, relay.port())) {
        Path fetched = Path.of(String.valueOf(child.read()));
        assertThat(Files.mismatch(fetched, file)).isNegative();
        assertThat(relay.down()).isBetween(8L << 20, 13L << 20);
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
    Map<String, String> none = new HashMap<>(server.variables());
    none.remove("AWS_ACCESS_KEY_ID");
    assertThat(failure(() -> stores(none).push(SEA, file(1), false, Steps.silent())).code())
        .isEqualTo("store-keys-missing");
  }

  @Test
  void wrongPlacesAreNamed() throws IOException {
    StoreAddress nowhere = StoreAddress.parse("s3://no-such-bucket/x.tar.gz");
    Stores stores = stores(server.variables());
    Path file = file(9);
    assertThat(failure(() -> stores.push(nowhere, file, false, Steps.silent())).code())
        .isEqualTo("store-bucket-not-found");
    assertThat(failure(() -> stores.fetch(SEA, Steps.silent())).code())
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
            + server.port()
            + "\n");
    Stores stores = stores(Map.of("AWS_PROFILE", "studio", "HOME", temp.toString()));
    assertThat(stores.push(SEA, file(1), false, Steps.silent()).sent()).isPositive();
  }
}
