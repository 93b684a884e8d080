package dev.tidepool.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the web server that most plain stores are. */
class NginxStoreTest {
  private Nginx nginx;
  private Path file;

  @TempDir Path temp;

  @BeforeEach
  void start() throws IOException {
    nginx = new Nginx(temp.resolve("nginx"));
    byte[] content = new byte[12 << 20];
    new Random(9).nextBytes(content);
    file = Files.write(temp.resolve("sea_bundle.tar.gz"), content);
  }

  @AfterEach
  void stop() {
    nginx.close();
  }

  private Stores stores(String token) {
    return new Stores(
        Map.of("TIDEPOOL_TOKENS", "127.0.0.1=" + token),
        temp.resolve("cache"),
        true,
        new HttpPatience(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), 1),
        length -> {},
        new StoreLocks(),
        Clock.systemUTC());
  }

  private static StoreAddress at(int port, String path) {
    return StoreAddress.parse("http://127.0.0.1:" + port + path);
  }

  @Test
  void bundleGoesThereOnceAndComesBack() throws IOException {
    Stores stores = stores(Nginx.TOKEN);
    StoreAddress folder = at(nginx.port(), "/in/new%20folder/");
    assertThat(stores.push(folder, file, false, Steps.silent()).sent()).isEqualTo(12 << 20);
    Path kept = nginx.file("/in/new folder/sea_bundle.tar.gz");
    assertThat(Files.mismatch(kept, file)).isNegative();
    assertThat(stores.push(folder, file, false, Steps.silent()).sent()).isZero();
    StoreAddress whole = folder.at("sea_bundle.tar.gz");
    Fetched fetched = stores.fetch(whole, Steps.silent());
    assertThat(Files.mismatch(fetched.file(), file)).isNegative();
    Files.write(file, new byte[] {1, 2, 3});
    assertThat(
            catchThrowableOfType(
                    TidepoolException.class, () -> stores.push(folder, file, false, Steps.silent()))
                .code())
        .isEqualTo("store-taken");
    stores.push(folder, file, true, Steps.silent());
    assertThat(kept).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void brokenPushLeavesNothingAndTheNextOneArrives() throws IOException {
    try (Relay relay = new Relay(nginx.port())) {
      Stores stores = stores(Nginx.TOKEN);
      StoreAddress address = at(relay.port(), "/in/sea.tar.gz");
      relay.holdAfterUp(6 << 20);
      relay.cuts();
      assertThat(
              catchThrowableOfType(
                      TidepoolException.class,
                      () -> stores.push(address, file, false, Steps.silent()))
                  .code())
          .isEqualTo("store-unreachable");
      assertThat(nginx.file("/in/sea.tar.gz")).doesNotExist();
      relay.restart();
      stores.push(address, file, false, Steps.silent());
      assertThat(Files.mismatch(nginx.file("/in/sea.tar.gz"), file)).isNegative();
    }
  }

  @Test
  void brokenFetchGoesOnWhereItStopped() throws IOException {
    stores(Nginx.TOKEN).push(at(nginx.port(), "/in/sea.tar.gz"), file, false, Steps.silent());
    try (Relay relay = new Relay(nginx.port())) {
      StoreAddress address = at(relay.port(), "/in/sea.tar.gz");
      relay.holdAfterDown(8 << 20);
      relay.cuts();
      assertThat(
              catchThrowableOfType(
                      TidepoolException.class,
                      () -> stores(Nginx.TOKEN).fetch(address, Steps.silent()))
                  .code())
          .isEqualTo("download-unreachable");
      relay.restart();
      Fetched fetched = stores(Nginx.TOKEN).fetch(address, Steps.silent());
      assertThat(Files.mismatch(fetched.file(), file)).isNegative();
      assertThat(relay.down()).isLessThan(6 << 20);
    }
  }

  @Test
  void refusalsAreSaid() throws IOException {
    TidepoolException token =
        catchThrowableOfType(
            TidepoolException.class,
            () ->
                stores("another")
                    .push(at(nginx.port(), "/in/sea.tar.gz"), file, false, Steps.silent()));
    assertThat(token.code()).isEqualTo("store-refused");
    assertThat(token.text()).endsWith("it answers with the status 401.");
    TidepoolException large =
        catchThrowableOfType(
            TidepoolException.class,
            () ->
                stores(Nginx.TOKEN)
                    .push(at(nginx.port(), "/small/sea.tar.gz"), file, false, Steps.silent()));
    assertThat(large.code()).isEqualTo("store-refused");
    assertThat(large.hints()).anyMatch(hint -> hint.contains("no file of this size"));
    assertThat(nginx.file("/small")).doesNotExist();
    assertThat(nginx.log()).noneMatch(line -> line.contains(Nginx.TOKEN));
  }
}
