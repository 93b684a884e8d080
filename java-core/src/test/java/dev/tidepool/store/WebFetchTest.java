package dev.tidepool.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.download.FileServer;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles fetched from a web server. */
class WebFetchTest {
  private final byte[] content = "the bundle of the sea".getBytes(StandardCharsets.UTF_8);
  private FileServer files;

  @TempDir Path temp;

  @BeforeEach
  void start() throws IOException {
    files = new FileServer();
  }

  @AfterEach
  void stop() {
    files.close();
  }

  private Stores stores(boolean privateToo) {
    return new Stores(
        Map.of(),
        temp.resolve("cache"),
        privateToo,
        new HttpPatience(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), 3),
        pause -> {},
        new StoreLocks(),
        Clock.systemUTC());
  }

  @Test
  void queriesNameBundlesOfTheirOwnWhichStayWhileTheyAreUsed() throws IOException {
    files.file("/sea.tar.gz?id=1", content);
    files.file("/sea.tar.gz?id=2", new byte[] {1, 2, 3});
    StoreAddress one = StoreAddress.parse(files.uri("/sea.tar.gz?id=1").toString());
    StoreAddress two = StoreAddress.parse(files.uri("/sea.tar.gz?id=2").toString());
    Path first = stores(true).fetch(one, Steps.silent()).file();
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(8)));
    Files.setLastModifiedTime(first.resolveSibling(""), old);
    assertThat(stores(true).fetch(one, Steps.silent()).file()).isEqualTo(first);
    Path second = stores(true).fetch(two, Steps.silent()).file();
    assertThat(second).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(first).hasBinaryContent(content);
    Files.setLastModifiedTime(first.resolveSibling(""), old);
    stores(true).fetch(two, Steps.silent());
    assertThat(first).doesNotExist();
  }

  @Test
  void fetchAsksNoPrivateAddressUnlessAllowed() {
    StoreAddress address = StoreAddress.parse(files.file("/sea.tar.gz", content).toString());
    TidepoolException e =
        catchThrowableOfType(
            TidepoolException.class, () -> stores(false).fetch(address, Steps.silent()));
    assertThat(e.code()).isEqualTo("download-refused");
    assertThat(files.asked()).isEmpty();
  }

  @Test
  void fetchedBundleIsKeptUntilItIsUsedAndFetchedAnewWhenItChanged() throws IOException {
    StoreAddress address = StoreAddress.parse(files.file("/sea.tar.gz", content).toString());
    Fetched first = stores(true).fetch(address, Steps.silent());
    assertThat(Files.readAllBytes(first.file())).isEqualTo(content);
    assertThat(stores(true).fetch(address, Steps.silent()).file()).isEqualTo(first.file());
    assertThat(files.asked()).hasSize(3);
    files.tag("\"two\"");
    files.file("/sea.tar.gz", new byte[] {1, 2, 3});
    assertThat(stores(true).fetch(address, Steps.silent()).file()).hasSize(3);
    first.remove();
    assertThat(first.file()).doesNotExist();
  }

  @Test
  void signedAddressIsWrittenNowhere() throws Exception {
    byte[] large = new byte[4 << 20];
    new Random(3).nextBytes(large);
    files.file("/sea.tar.gz?X-Amz-Signature=cafe", large);
    String address = files.uri("/sea.tar.gz?X-Amz-Signature=cafe").toString();
    files.fault(
        "/sea.tar.gz?X-Amz-Signature=cafe",
        FileServer.Fault.status(403),
        FileServer.Fault.hang(2 << 20));
    Path cache = temp.resolve("cache");
    try (ChildJvm child = ChildJvm.start(StoreWorker.class, "fetch", address, cache, temp, 1)) {
      Path part = awaitPart(cache.resolve("arrivals"));
      while (Files.size(part) < 2 << 20) {
        Thread.onSpinWait();
      }
      child.kill();
    }
    try (var walk = Files.walk(cache)) {
      for (Path each : walk.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1))
            .as(each.toString())
            .doesNotContain("cafe");
      }
    }
    files.fault("/sea.tar.gz?X-Amz-Signature=cafe", FileServer.Fault.status(403));
    Fetched fetched = stores(true).fetch(StoreAddress.parse(address), Steps.silent());
    assertThat(fetched.file()).hasFileName("sea.tar.gz");
    assertThat(Files.readAllBytes(fetched.file())).isEqualTo(large);
    assertThat(files.asked().get(3)).contains("bytes=" + (2 << 20) + "-");
  }

  private static Path awaitPart(Path folder) throws IOException {
    while (true) {
      if (Files.isDirectory(folder)) {
        try (var walk = Files.walk(folder)) {
          var part = walk.filter(each -> each.toString().endsWith(".part")).findFirst();
          if (part.isPresent()) {
            return part.get();
          }
        }
      }
      Thread.onSpinWait();
    }
  }
}
