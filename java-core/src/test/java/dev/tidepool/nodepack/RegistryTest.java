package dev.tidepool.nodepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.ApiCache;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.nodepack.RegistryServer.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private RegistryServer server;
  private Path folder;

  @BeforeEach
  void start(@TempDir Path temp) throws IOException {
    folder = temp;
    server = new RegistryServer();
    server.pack("some-pack", "Some Pack", "https://github.com/a/some-pack");
    server.version("some-pack", "1.0.0", PackZip.pack("one"));
    server.version("some-pack", "1.1.0", PackZip.pack("two"));
    server.type("SomeNode (x/y)", "some-pack");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void knowsPacksTheirVersionsAndNodeTypes() {
    Registry registry = registry(NOW);
    assertThat(registry.pack("some-pack", steps()))
        .contains(
            new RegistryPack(
                "some-pack",
                "Some Pack",
                Optional.of("https://github.com/a/some-pack"),
                Optional.of("1.1.0"),
                Optional.empty()));
    assertThat(registry.version("some-pack", Optional.empty(), steps()).orElseThrow().version())
        .isEqualTo("1.1.0");
    assertThat(
            registry.version("some-pack", Optional.of("1.0.0"), steps()).orElseThrow().download())
        .contains(URI.create(server.address() + "/cdn/some-pack/1.0.0/node.zip"));
    assertThat(registry.versions("some-pack", steps())).hasSize(2);
    assertThat(registry.pack("other", steps())).isEmpty();
    assertThat(registry.version("some-pack", Optional.of("9"), steps())).isEmpty();
  }

  @Test
  void asksForNodeTypesWithAnyCharacters() {
    registry(NOW).ofNodeType("SomeNode (x/y)", steps());
    assertThat(server.asked()).containsExactly("/comfy-nodes/SomeNode%20%28x%2Fy%29/node");
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, PT0.5S PT1S",
    "BUSY, PT3S PT3S",
    "CUT, PT0.5S PT1S",
    "STALLED, PT0.5S PT1S",
    "SILENT, PT0.5S PT1S"
  })
  void triesAgainWithLongerPauses(Fault fault, String expected) {
    server.fault("/nodes/some-pack", fault, fault);
    assertThat(registry(NOW).pack("some-pack", steps())).isPresent();
    assertThat(pauses).extracting(Duration::toString).containsExactly(expected.split(" "));
    assertThat(server.asked()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, registry-unreachable, 4",
    "BUSY, registry-busy, 4",
    "BUSY_FOR_LONG, registry-busy, 1",
    "FORBIDDEN, registry-refused, 1",
    "CUT, registry-unreachable, 4",
    "HTML, registry-answer-invalid, 1",
    "SHORT, registry-answer-invalid, 1",
    "ELSEWHERE, registry-refused, 1",
    "CIRCLE, registry-refused, 6",
  })
  void givesUpWithAReason(Fault fault, String code, int asked) {
    server.fault("/nodes/some-pack", fault, fault, fault, fault, fault, fault);
    assertThatThrownBy(() -> registry(NOW).pack("some-pack", steps()))
        .isInstanceOfSatisfying(TidepoolException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(server.asked()).hasSize(asked);
    assertThat(folder.resolve("api")).doesNotExist();
  }

  @Test
  void asksOnceADay() {
    registry(NOW).pack("some-pack", steps());
    registry(NOW.plus(Duration.ofHours(23))).pack("some-pack", steps());
    assertThat(server.asked()).hasSize(1);
    registry(NOW.plus(Duration.ofHours(25))).pack("some-pack", steps());
    assertThat(server.asked()).hasSize(2);
    registry(NOW.plus(Duration.ofHours(25))).renewed().pack("some-pack", steps());
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void asksAnewWhenTheClockWasSetBack() {
    registry(NOW).pack("some-pack", steps());
    registry(NOW.minus(Duration.ofDays(400))).pack("some-pack", steps());
    assertThat(server.asked()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"UNAVAILABLE", "BUSY_FOR_LONG", "HTML", "CUT", "FORBIDDEN"})
  void takesWhatItSaidBeforeAndSaysSo(Fault fault) {
    registry(NOW).pack("some-pack", steps());
    server.fault("/nodes/some-pack", fault, fault, fault, fault);
    assertThat(registry(NOW.plus(Duration.ofDays(3))).pack("some-pack", steps())).isPresent();
    assertThat(notes).singleElement().asString().contains("cannot be asked").contains("3 days ago");
  }

  @Test
  void worksWithoutAServerFromWhatItSaidBefore() {
    registry(NOW).pack("some-pack", steps());
    server.close();
    assertThat(registry(NOW.plus(Duration.ofDays(30))).pack("some-pack", steps())).isPresent();
    assertThatThrownBy(() -> registry(NOW).versions("some-pack", steps()))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("registry-unreachable"));
  }

  @Test
  void asksAnewWhenWhatWasKeptIsDamaged() throws IOException {
    registry(NOW).pack("some-pack", steps());
    for (Path kept : Folders.children(folder.resolve("api"))) {
      Files.writeString(kept, "{\"url\":");
    }
    assertThat(registry(NOW).pack("some-pack", steps())).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "a/b", "nul"})
  void believesNoIdThatIsNone(String id) {
    server.pack(id, "Evil", "");
    server.type("Evil", id);
    assertThatThrownBy(() -> registry(NOW).ofNodeType("Evil", steps()))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> assertThat(e.code()).isEqualTo("registry-answer-invalid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://example.org/x.zip", "file:///etc/passwd", "::", "ftp://x/y"})
  void goesToNoAddressThatIsNotEncrypted(String download) {
    server.version("some-pack", "2.0.0", download);
    assertThatThrownBy(() -> registry(NOW).version("some-pack", Optional.of("2.0.0"), steps()))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> assertThat(e.code()).isEqualTo("registry-answer-invalid"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CUT", "STALLED", "UNAVAILABLE"})
  void downloadsFromTheStartWhenTheNetworkStops(Fault fault) {
    server.fault("/cdn", fault);
    Path file = folder.resolve("download");
    registry(NOW)
        .download(URI.create(server.address() + "/cdn/some-pack/1.0.0/node.zip"), file, steps());
    assertThat(file).hasBinaryContent(PackZip.pack("one"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org, false",
    "http://127.0.0.1:1234/, true",
    "http://localhost:1/x, true",
    "https://registry.example/api, true",
    "registry.example, false",
    "file:///x, false",
    "https://x/?y=1, false",
  })
  void takesAnotherRegistryOnlyWhenItIsSafe(String url, boolean allowed) {
    Map<String, String> environment = Map.of("TIDEPOOL_REGISTRY_URL", url);
    if (allowed) {
      assertThat(RegistryAddress.of(environment).base().toString())
          .isEqualTo(url.replaceFirst("/$", ""));
    } else {
      assertThatThrownBy(() -> RegistryAddress.of(environment))
          .isInstanceOf(TidepoolException.class);
    }
  }

  private Registry registry(Instant now) {
    HttpPatience patience =
        new HttpPatience(Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofMillis(500), 4);
    return Registry.at(
        RegistryAddress.of(Map.of("TIDEPOOL_REGISTRY_URL", server.address())),
        new ApiCache(folder.resolve("api"), Clock.fixed(now, ZoneOffset.UTC)),
        Registry.http(patience, pauses::add));
  }

  private Steps steps() {
    return new NotedSteps(notes);
  }
}
