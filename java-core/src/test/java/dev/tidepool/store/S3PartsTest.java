package dev.tidepool.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Content;
import dev.tidepool.http.Credentials;
import dev.tidepool.http.Http;
import dev.tidepool.http.PublicAddresses;
import dev.tidepool.http.Reply;
import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads in parts, against a server that speaks S3 and checks what it gets. */
class S3PartsTest {
  private static final StoreAddress SEA = S3World.SEA;
  private static final String KEY = S3World.KEY;
  private static final Seen NOTHING = Seen.none(Seen.State.NOTHING);

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

  @Test
  void largeBundleGoesInPartsAndComesBack() throws IOException {
    Path file = world.file(21);
    Pushed pushed = world.stores().push(SEA, file, false, Steps.silent());
    assertThat(pushed.sent()).isEqualTo(Files.size(file));
    assertThat(world.server.object(KEY)).isEqualTo(Files.readAllBytes(file));
    assertThat(temp.resolve("cache/pushes")).isDirectoryRecursivelyContaining("glob:**/.lock");
    assertThat(temp.resolve("cache/pushes")).isDirectoryNotContaining("glob:**/upload-*.json");
    Fetched fetched = world.stores().fetch(SEA, Steps.silent());
    assertThat(fetched.file()).hasFileName("sea_bundle.tar.gz");
    assertThat(Files.mismatch(fetched.file(), file)).isNegative();
    fetched.remove();
    assertThat(S3World.only(temp.resolve("cache/arrivals")))
        .isDirectoryNotContaining(each -> !each.endsWith(".lock"));
  }

  @Test
  void killedPushGoesOnWithThePartsThatAreThere() throws Exception {
    Path file = world.file(40);
    Path cache = temp.resolve("cache");
    try (Relay relay = new Relay(world.server.port())) {
      relay.holdAfterUp(38 << 20);
      try (ChildJvm child =
          ChildJvm.start(StoreWorker.class, "push", SEA.shown(), cache, file, relay.port())) {
        relay.awaitStop();
        child.kill();
      }
      assertThat(world.server.inside().blobExists("bundles", KEY)).isFalse();
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
    assertThat(world.server.object(KEY)).isEqualTo(Files.readAllBytes(file));
    assertThat(PushState.all(S3World.only(cache.resolve("pushes")))).isEmpty();
  }

  @Test
  void brokenPushSaysHowItGoesOnAndAnotherBundleEndsIt() throws Exception {
    Path file = world.file(24);
    try (Relay relay = new Relay(world.server.port())) {
      Stores stores = world.stores(S3Server.variables(relay.port()));
      relay.cutsRequest("POST", "uploadId=");
      TidepoolException broken =
          S3World.failure(() -> stores.push(SEA, file, false, Steps.silent()));
      assertThat(broken.code()).isEqualTo("store-unreachable");
      assertThat(broken.hints())
          .anyMatch(hint -> hint.contains("goes on from where it stopped"))
          .anyMatch(hint -> hint.contains("abort-multipart-upload --endpoint-url 'http://"));
      PushState left = state(S3World.only(temp.resolve("cache/pushes")));
      assertThat(parts(left)).isEqualTo(3);
      relay.restart();
      stores.push(SEA, world.file(10), false, Steps.silent());
      assertThat(parts(left)).isZero();
    }
    assertThat(world.server.object(KEY)).hasSize(10 << 20);
  }

  @Test
  void partThatIsWrongInTheStoreIsSentAgain() throws Exception {
    Path file = world.file(24);
    try (Relay relay = new Relay(world.server.port())) {
      Stores stores = world.stores(S3Server.variables(relay.port()));
      // All parts arrive, and the request to join them does not.
      relay.cutsRequest("POST", "uploadId=");
      assertThat(S3World.failure(() -> stores.push(SEA, file, false, Steps.silent()))).isNotNull();
      String query = upload(state(S3World.only(temp.resolve("cache/pushes"))));
      Content other = Content.of(new byte[8 << 20]);
      s3().ask("PUT", (StoreAddress.Bucket) SEA, "partNumber=2&" + query, Map.of(), other, n -> {});
      relay.restart();
      Pushed pushed = stores.push(SEA, file, false, Steps.silent());
      assertThat(pushed.sent()).isEqualTo(8 << 20);
      assertThat(world.server.object(KEY)).isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void keysThatEndInTheMiddleLeaveThePartsForTheNextTime() throws Exception {
    Parcel parcel = Parcel.of(world.file(24), Steps.silent());
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
      TidepoolException e =
          S3World.failure(() -> upload(ending, parcel, states).send(true, NOTHING));
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
    byte[] sea = Files.readAllBytes(world.file(24));
    Parcel one = Parcel.of(Files.write(temp.resolve("sea"), sea), Steps.silent());
    Parcel other = Parcel.of(world.file(17), Steps.silent());
    Credentials noJoining = refusing("POST", "?uploadId=");
    for (Parcel parcel : List.of(one, other)) {
      S3World.failure(() -> upload(noJoining, parcel, states).send(false, NOTHING));
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
      assertThat(world.server.object(KEY)).isEqualTo(Files.readAllBytes(parcel.file()));
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
            S3World.PATIENCE,
            length -> {},
            PublicAddresses.of(true),
            new StoreFailures(),
            credentials);
    return new S3(http, S3Settings.of(world.server.variables()));
  }

  /** How many parts the server has of an upload. */
  private int parts(PushState state) {
    Reply reply = s3().ask("GET", (StoreAddress.Bucket) SEA, upload(state));
    return S3Xml.parse(reply.body()).all("Part/PartNumber").size();
  }

  private static String upload(PushState state) {
    return "uploadId=" + UriText.encoded(state.upload());
  }
}
