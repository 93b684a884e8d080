package dev.tidepool.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.store.PutServer.Fault;
import dev.tidepool.store.PutServer.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles sent to a web server. */
class WebStoreTest {
  private static final String PATH = "/in/sea_bundle.tar.gz";

  private final List<Duration> pauses = new ArrayList<>();
  private PutServer server;
  private Path file;
  private byte[] content;

  @TempDir Path temp;

  @BeforeEach
  void start() throws IOException {
    server = new PutServer();
    content = new byte[3 << 20];
    new Random(5).nextBytes(content);
    file = Files.write(temp.resolve("sea_bundle.tar.gz"), content);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Stores stores(boolean privateToo) {
    return stores(privateToo, Duration.ofSeconds(60));
  }

  private Stores stores(boolean privateToo, Duration wait) {
    return new Stores(
        Map.of("TIDEPOOL_TOKENS", "127.0.0.1=the-token localhost=the-token"),
        temp.resolve("cache"),
        privateToo,
        new HttpPatience(Duration.ofSeconds(5), wait, wait, 3),
        pauses::add,
        new StoreLocks(),
        Clock.systemUTC());
  }

  private Pushed push(boolean replaces) {
    StoreAddress folder = StoreAddress.parse(server.address("/in/"));
    return stores(true).push(folder, file, replaces, Steps.silent());
  }

  private TidepoolException refused() {
    return catchThrowableOfType(TidepoolException.class, () -> push(false));
  }

  @Test
  void bundleArrivesUnderItsNameWithTheToken() {
    Pushed pushed = push(false);
    assertThat(pushed.address()).isEqualTo(server.address(PATH));
    assertThat(pushed.sent()).isEqualTo(content.length);
    assertThat(server.files().get(PATH)).isEqualTo(content);
    assertThat(server.asked())
        .containsExactly(
            "HEAD " + PATH + " Bearer the-token",
            "PUT " + PATH + " Bearer the-token",
            "HEAD " + PATH + " Bearer the-token");
  }

  @Test
  void tokenGoesUnencryptedOnlyWhenPrivateNetworksAreAllowed() {
    stores(false).push(StoreAddress.parse(server.address(PATH)), file, false, Steps.silent());
    assertThat(server.asked()).contains("PUT " + PATH);
  }

  @Test
  void sameBundleIsComparedByItsBytesAndNotSentAgain() {
    push(false);
    assertThat(push(false).sent()).isZero();
    assertThat(server.asked()).filteredOn(each -> each.startsWith("PUT")).hasSize(1);
  }

  @Test
  void otherBundleStaysUnlessItIsToBeReplaced() {
    byte[] other = content.clone();
    other[7]++;
    server.files().put(PATH, other);
    assertThat(refused().code()).isEqualTo("store-taken");
    assertThat(server.files().get(PATH)).isEqualTo(other);
    push(true);
    assertThat(server.files().get(PATH)).isEqualTo(content);
  }

  @Test
  void whatCannotBeSeenStaysUnlessItIsToBeReplaced() {
    server.files().put(PATH, new byte[] {1, 2, 3});
    server.refuse("HEAD");
    assertThat(refused().code()).isEqualTo("store-taken");
    server.refuse("HEAD", "GET");
    assertThat(refused().code()).isEqualTo("store-hidden");
    assertThat(server.files().get(PATH)).hasSize(3);
    push(true);
    assertThat(server.files().get(PATH)).isEqualTo(content);
  }

  @Test
  void serverThatWaitedTooLongIsAskedAgain() {
    server.fault(Fault.status(408));
    assertThat(push(false).sent()).isEqualTo(content.length);
    assertThat(server.files().get(PATH)).isEqualTo(content);
  }

  @Test
  void brokenAndBusyServersAreAskedAgain() {
    server.fault(Fault.of(Kind.CUT), Fault.status(503, "Retry-After", "7"));
    assertThat(push(false).sent()).isEqualTo(content.length);
    assertThat(server.files().get(PATH)).isEqualTo(content);
    assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(7));
    server.files().clear();
    server.fault(Fault.status(429), Fault.status(429), Fault.status(429));
    assertThat(refused().code()).isEqualTo("store-overloaded");
  }

  @Test
  void lostAnswerIsNoOtherBundle() {
    server.fault(Fault.of(Kind.MUTE));
    push(false);
    assertThat(server.files().get(PATH)).isEqualTo(content);
    assertThat(server.asked()).filteredOn(each -> each.startsWith("PUT")).hasSize(2);
  }

  @Test
  void storeThatKeepsLessIsFoundOut() {
    server.fault(Fault.of(Kind.LESS));
    assertThat(refused().code()).isEqualTo("store-kept-wrong");
  }

  @Test
  void refusalsSayWhatIsWanted() {
    server.fault(Fault.status(403));
    TidepoolException refused = refused();
    assertThat(refused.code()).isEqualTo("store-refused");
    assertThat(refused.hints()).anyMatch(hint -> hint.contains("TIDEPOOL_TOKENS"));
    assertThat(refused.text() + refused.hints()).doesNotContain("the-token");
  }

  @Test
  void silenceEndsAPush() {
    server.fault(Fault.of(Kind.HANG), Fault.of(Kind.HANG), Fault.of(Kind.HANG));
    Stores impatient = stores(true, Duration.ofMillis(300));
    TidepoolException silent =
        catchThrowableOfType(
            TidepoolException.class,
            () ->
                impatient.push(
                    StoreAddress.parse(server.address(PATH)), file, false, Steps.silent()));
    assertThat(silent.code()).isEqualTo("store-unreachable");
    assertThat(silent.text()).contains("takes too long");
  }

  @Test
  void redirectionIsFollowedWithoutTheTokenAndByTheRule() throws IOException {
    try (PutServer other = new PutServer()) {
      server.fault(Fault.status(307, "Location", other.address("/elsewhere")));
      TidepoolException strict =
          catchThrowableOfType(
              TidepoolException.class,
              () ->
                  stores(false)
                      .push(StoreAddress.parse(server.address(PATH)), file, false, Steps.silent()));
      assertThat(strict.code()).isEqualTo("store-refused");
      assertThat(strict.text()).contains("not encrypted");
      assertThat(other.asked()).isEmpty();
      server.fault(Fault.status(307, "Location", other.address("/elsewhere")));
      // What was sent there is not at the address that was named.
      assertThat(refused().code()).isEqualTo("store-kept-wrong");
      assertThat(other.asked()).containsExactly("PUT /elsewhere");
      assertThat(other.files().get("/elsewhere")).isEqualTo(content);
      server.fault(Fault.status(302, "Location", other.address("/elsewhere")));
      assertThat(refused().code()).isEqualTo("store-refused");
      assertThat(other.asked()).hasSize(1);
    }
  }
}
