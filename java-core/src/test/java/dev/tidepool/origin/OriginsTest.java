package dev.tidepool.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.http.ApiCache;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.http.Tokens;
import dev.tidepool.io.Seeds;
import dev.tidepool.nodepack.NotedSteps;
import dev.tidepool.origin.Address.Proof;
import dev.tidepool.origin.OriginServer.Fault;
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
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking models up, against servers that behave as the public ones and worse. */
class OriginsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String SHA = Sha256.of("a model");
  private static final String BLAKE = Sha256.of("not really a BLAKE3");
  private static final long SIZE = 6_938_040_678L;
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Duration answerWithin = Duration.ofSeconds(60);
  private OriginServer server;
  private OriginServer hub;
  private OriginServer other;
  private Path cache;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    cache = temporary.resolve("api_cache");
    server = new OriginServer();
    hub = new OriginServer();
    other = new OriginServer();
  }

  @AfterEach
  void stop() {
    server.close();
    hub.close();
    other.close();
  }

  @Test
  void civitaiIsAskedForTheContentAndBelievedWhenItNamesIt() {
    server.civitai(SHA, version(SIZE, SHA, BLAKE, server.address() + "/api/download/models/7"));
    Located located = locate(wanted());
    assertThat(located.doubts()).isEmpty();
    assertThat(located.addresses())
        .containsExactly(
            new Address(
                server.address() + "/api/download/models/7",
                "civitai",
                server.address(),
                Proof.CONTENT,
                "CivitAI lists this SHA-256 there"));
  }

  @Test
  void modelThatNobodyHasIsNowhere() {
    assertThat(locate(wanted())).isEqualTo(new Located(List.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "other hash, hash-differs",
    "other blake3, hash-differs",
    "other size, size-differs",
    "no size, size-differs",
    "other host, answer-invalid",
    "no address, answer-invalid",
    "file address, answer-invalid",
    "not offered, not-offered",
    "no files, answer-invalid",
    "monstrous size, size-differs"
  })
  void civitaiIsNotBelievedWhenItsAnswerContradictsTheModel(String lie, String reason) {
    String there = server.address() + "/api/download/models/7";
    server.civitai(
        SHA,
        switch (lie) {
          case "other hash" -> version(SIZE, Sha256.of("other"), BLAKE, there);
          case "other blake3" -> version(SIZE, SHA, Sha256.of("other"), there);
          case "other size" -> version(SIZE + 2048, SHA, "", there);
          case "no size" -> "{\"files\":[{\"hashes\":{\"SHA256\":\"" + SHA + "\"}}]}";
          case "other host" -> version(SIZE, SHA, BLAKE, "https://evil.example.org/7");
          case "no address" -> version(SIZE, SHA, BLAKE, "");
          case "file address" -> version(SIZE, SHA, BLAKE, "file:///etc/passwd");
          case "not offered" ->
              version(SIZE, SHA, BLAKE, there)
                  .replace("\"files\"", "\"usageControl\":\"Generation\",\"files\"");
          case "monstrous size" -> version(SIZE, SHA, "", there).replace("6775430.35", "1e999999");
          default -> "{\"files\":\"none\"}";
        });
    assertThat(locate(wanted()).addresses()).isEmpty();
    assertThat(locate(wanted()).doubts())
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.reason()).isEqualTo(reason));
  }

  @Test
  void wrongSizeAtCivitaiCountsLessThanTwoHashes() {
    server.civitai(SHA, version(SIZE * 2, SHA, BLAKE, server.address() + "/api/download/models/7"));
    assertThat(locate(wanted()).addresses()).hasSize(1);
  }

  @Test
  void addressesOfCivitaiAreCheckedByTheVersionThatTheyName() {
    String download = server.address() + "/api/download/models/7?type=Model&format=SafeTensor";
    server.json("/api/v1/model-versions/7", version(SIZE, SHA, BLAKE, download));
    Located located =
        locate(
            wanted(
                server.address() + "/api/download/models/7",
                server.address() + "/models/3/name?x=1&modelVersionId=7",
                server.address() + "/models/3/name",
                server.address() + "/api/download/models/8"));
    assertThat(located.addresses()).extracting(Address::url).containsExactly(download);
    assertThat(located.doubts()).extracting(Doubt::reason).containsExactly("page", "not-found");
    assertThat(server.asked()).noneMatch(line -> line.startsWith("HEAD"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"resolve", "blob", "raw"})
  void huggingFaceNamesTheContentAndTheAddressIsPinned(String kind) {
    hub.linked("/ann/sea/resolve/main/a%20b.safetensors", SIZE, SHA, COMMIT);
    String given = hub.address() + "/ann/sea/" + kind + "/main/a%20b.safetensors?download=true";
    Located located = locate(wanted(given));
    assertThat(located.addresses())
        .containsExactly(
            new Address(
                hub.address() + "/ann/sea/resolve/" + COMMIT + "/a%20b.safetensors",
                "huggingface",
                given,
                Proof.CONTENT,
                "Hugging Face lists this SHA-256 there"));
    // It leads to another server, which has no reason to know of us.
    assertThat(hub.asked()).hasSize(1);
  }

  @Test
  void addressOfThePublicHuggingFaceIsAskedWhereTheSettingSays() {
    hub.linked("/ann/sea/resolve/v1/x.pt", SIZE, SHA, COMMIT);
    assertThat(locate(wanted("https://huggingface.co/ann/sea/blob/v1/x.pt")).addresses())
        .singleElement()
        .satisfies(address -> assertThat(address.url()).startsWith(hub.address()));
  }

  @Test
  void huggingFaceIsNotBelievedWhenContentOrSizeDiffer() {
    hub.linked("/ann/sea/resolve/main/other.pt", SIZE, Sha256.of("other"), COMMIT);
    hub.linked("/ann/sea/resolve/main/longer.pt", SIZE + 1, SHA, COMMIT);
    Located located =
        locate(
            wanted(
                hub.address() + "/ann/sea/resolve/main/other.pt",
                hub.address() + "/ann/sea/resolve/main/longer.pt",
                hub.address() + "/ann/sea/resolve/main/none.pt",
                hub.address() + "/ann/sea"));
    assertThat(located.addresses()).isEmpty();
    assertThat(located.doubts())
        .extracting(Doubt::reason)
        .containsExactly("hash-differs", "size-differs", "not-found", "page");
  }

  @Test
  void smallFileAtHuggingFaceIsKnownByItsSizeOnly() {
    hub.reply(
        "/ann/sea/resolve/main/small.json",
        200,
        Map.of("Content-Length", Long.toString(SIZE), "ETag", "\"" + COMMIT + "\""));
    assertThat(locate(wanted(hub.address() + "/ann/sea/resolve/main/small.json")).addresses())
        .singleElement()
        .satisfies(address -> assertThat(address.proof()).isEqualTo(Proof.SIZE));
  }

  @Test
  void otherAddressIsBelievedForItsSize() {
    other.file("/models/a.safetensors", SIZE);
    other.file("/models/b.safetensors", SIZE - 1);
    other.reply("/models/c.safetensors", 200, Map.of());
    String base = other.address() + "/models/";
    Located located =
        origins(NOW, Tokens.none(), true)
            .locate(
                wanted(
                    base + "a.safetensors",
                    base + "b.safetensors",
                    base + "c.safetensors",
                    base + "d.safetensors"),
                new NotedSteps(notes));
    assertThat(located.addresses())
        .containsExactly(
            new Address(
                base + "a.safetensors",
                "url",
                base + "a.safetensors",
                Proof.SIZE,
                "the file there has the model's size"));
    assertThat(located.doubts())
        .extracting(Doubt::reason)
        .containsExactly("size-differs", "size-unknown", "not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://example.org/a",
        "https://user:secret@example.org/a",
        "https:///a",
        "no address",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://192.168.1.1/a",
        "https://169.254.169.254/a",
        "https://localhost/a"
      })
  void addressThatMayNotBeAskedIsRefused(String url) {
    Located located = locate(wanted(url));
    assertThat(located.addresses()).isEmpty();
    assertThat(located.doubts())
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.reason()).isEqualTo("origin-address-refused"))
        .satisfies(doubt -> assertThat(doubt.why()).doesNotContain("secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, origin-unreachable, 4",
    "BUSY, origin-busy, 4",
    "BUSY_FOR_LONG, origin-busy, 1",
    "UNAUTHORIZED, origin-needs-token, 1",
    "NOT_ALLOWED, origin-refused, 1",
    "CUT, origin-unreachable, 4",
    "SILENT, origin-unreachable, 4",
    "HTML, origin-answer-invalid, 1",
    "HUGE, origin-answer-invalid, 1",
    "TO_PRIVATE, origin-address-refused, 1",
    "TO_METADATA, origin-address-refused, 1",
    "TO_FILE, origin-address-refused, 1",
    "CIRCLE, origin-address-refused, 6"
  })
  void serviceThatFailsIsADoubtAndNoError(Fault fault, String reason, int asked) {
    server.civitai(SHA, version(SIZE, SHA, BLAKE, server.address() + "/api/download/models/7"));
    server.fault("by-hash", fault, fault, fault, fault, fault, fault);
    answerWithin = fault == Fault.SILENT ? Duration.ofMillis(200) : answerWithin;
    Located located = locate(wanted());
    assertThat(located.addresses()).isEmpty();
    assertThat(located.doubts())
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.reason()).isEqualTo(reason));
    assertThat(server.asked()).hasSize(asked);
  }

  @ParameterizedTest
  @CsvSource({"UNAVAILABLE, PT0.5S PT1S", "BUSY, PT3S PT3S", "CUT, PT0.5S PT1S"})
  void asksAgainWithLongerPauses(Fault fault, String expected) {
    server.civitai(SHA, version(SIZE, SHA, BLAKE, server.address() + "/api/download/models/7"));
    server.fault("by-hash", fault, fault);
    assertThat(locate(wanted()).addresses()).hasSize(1);
    assertThat(pauses).extracting(Duration::toString).containsExactly(expected.split(" "));
  }

  @Test
  void serviceThatDoesNotAnswerIsAskedForOneModelOnly() {
    Fault[] many = new Fault[12];
    java.util.Arrays.fill(many, Fault.UNAVAILABLE);
    server.fault("by-hash", many);
    Origins origins = origins(NOW, Tokens.none(), false);
    for (String model : List.of("one", "two", "three")) {
      assertThat(
              origins
                  .locate(
                      new WantedModel(
                          model, 1, Optional.of(Sha256.of(model)), Optional.empty(), List.of()),
                      new NotedSteps(notes))
                  .doubts())
          .hasSize(1);
    }
    assertThat(server.asked()).hasSize(4);
  }

  @Test
  void answersAreKeptForADayAndTakenOlderWhenNobodyAnswers() {
    server.civitai(SHA, version(SIZE, SHA, BLAKE, server.address() + "/api/download/models/7"));
    hub.linked("/ann/sea/resolve/main/x.pt", SIZE, SHA, COMMIT);
    WantedModel wanted = wanted(hub.address() + "/ann/sea/resolve/main/x.pt");
    Located first = locate(wanted);
    assertThat(server.asked()).hasSize(1);
    assertThat(hub.asked()).hasSize(1);
    server.forget();
    hub.forget();
    assertThat(
            origins(NOW.plus(Duration.ofHours(23)), Tokens.none(), false)
                .locate(wanted, new NotedSteps(notes)))
        .isEqualTo(first);
    assertThat(server.asked()).isEmpty();
    assertThat(hub.asked()).isEmpty();
    Fault[] many = new Fault[12];
    java.util.Arrays.fill(many, Fault.UNAVAILABLE);
    server.fault("", many);
    hub.fault("", many);
    assertThat(
            origins(NOW.plus(Duration.ofDays(3)), Tokens.none(), false)
                .locate(wanted, new NotedSteps(notes)))
        .isEqualTo(first);
    assertThat(notes)
        .contains(
            "127.0.0.1 cannot be asked (origin-unreachable): taking what it said 3 days ago.");
  }

  @Test
  void thatNothingIsThereIsKeptToo() {
    locate(wanted());
    locate(wanted());
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void tokenGoesToItsOwnHostOnlyAndIsKeptNowhere() throws IOException {
    server.civitai(SHA, version(SIZE, SHA, BLAKE, server.address() + "/api/download/models/7"));
    hub.linked("/ann/sea/resolve/main/x.pt", SIZE, SHA, COMMIT);
    Tokens tokens = Tokens.of(Map.of("TIDEPOOL_TOKENS", "127.0.0.1=top-secret"), true);
    origins(NOW, tokens, true)
        .locate(wanted(hub.address() + "/ann/sea/resolve/main/x.pt"), new NotedSteps(notes));
    assertThat(server.asked()).hasSize(1).allMatch(line -> line.endsWith(" Bearer top-secret"));
    assertThat(hub.asked()).hasSize(1).allMatch(line -> line.endsWith(" Bearer top-secret"));
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain("top-secret").doesNotContain("Signature");
      }
    }
    server.forget();
    Tokens others = Tokens.of(Map.of("HF_TOKEN", "top-secret", "CIVITAI_TOKEN", "too"), true);
    origins(NOW.plus(Duration.ofDays(2)), others, true).locate(wanted(), new NotedSteps(notes));
    assertThat(server.asked()).containsExactly("GET " + byHash());
  }

  @Test
  void interruptionEndsIt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> locate(wanted()))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("stopped"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void answersOfAnyShapeMakeNoBug() {
    long seed = Seeds.seed();
    Random random = new Random(seed);
    String good = version(SIZE, SHA, BLAKE, server.address() + "/api/download/models/7");
    Origins origins = origins(NOW, Tokens.none(), false);
    for (int i = 0; i < 60; i++) {
      StringBuilder broken = new StringBuilder(good);
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        int at = random.nextInt(broken.length());
        broken.replace(at, Math.min(broken.length(), at + random.nextInt(4)), junk(random));
      }
      String sha = Sha256.of(seed + " " + i);
      server.civitai(sha, broken.toString());
      WantedModel wanted =
          new WantedModel("m", SIZE, Optional.of(sha), Optional.of(BLAKE), List.of());
      assertThat(origins.locate(wanted, new NotedSteps(notes)).addresses())
          .as("seed %d, %s", seed, broken)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://huggingface.co/a/b/resolve/main/c/d.pt, a/b main c/d.pt",
    "https://hf.co/a/b/blob/main/d.pt, a/b main d.pt",
    "https://huggingface.co/gpt2/resolve/main/d.pt, gpt2 main d.pt",
    "https://huggingface.co/datasets/a/b/resolve/r%2F1/d.pt, datasets/a/b r%2F1 d.pt",
    "https://huggingface.co/a/b/resolve/main/x/../../../../d.pt, ''",
    "https://huggingface.co/a/b/tree/main, ''",
    "https://huggingface.co.example.org/a/b/resolve/main/d.pt, ''",
    "http://huggingface.co/a/b/resolve/main/d.pt, ''"
  })
  void huggingFaceFilesAreReadFromTheirAddresses(String url, String expected) {
    assertThat(
            HuggingFaceFile.of(URI.create(url), URI.create("https://huggingface.co"))
                .map(file -> file.repository() + " " + file.revision() + " " + file.path())
                .orElse(""))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://example.org", "ftp://localhost", "https://a:b@example.org", "https://x?y"})
  void addressOfAServiceHasToBeSafe(String url) {
    assertThatThrownBy(() -> OriginServices.of(Map.of(OriginServices.CIVITAI_VARIABLE, url)))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("origin-url-invalid"))
        .hasMessageNotContaining("a:b");
  }

  private static String junk(Random random) {
    String[] junk = {"", "\"", "{", "}", "[", "null", "9e99", "\\u0000", ",", ":", "é"};
    return junk[random.nextInt(junk.length)];
  }

  private Located locate(WantedModel wanted) {
    return origins(NOW, Tokens.none(), false).locate(wanted, new NotedSteps(notes));
  }

  private Origins origins(Instant now, Tokens tokens, boolean privateToo) {
    HttpPatience patience = new HttpPatience(Duration.ofSeconds(60), answerWithin, answerWithin, 4);
    return Origins.of(
        new OriginServices(server.uri(), hub.uri()),
        new ApiCache(cache, Clock.fixed(now, ZoneOffset.UTC)),
        tokens,
        privateToo,
        new Origins.Waiting(patience, pauses::add));
  }

  private static WantedModel wanted(String... known) {
    return new WantedModel(
        "sea.safetensors", SIZE, Optional.of(SHA), Optional.of(BLAKE), List.of(known));
  }

  private static String byHash() {
    return "/api/v1/model-versions/by-hash/" + SHA.toUpperCase(java.util.Locale.ROOT);
  }

  private static String version(long size, String sha256, String blake3, String url) {
    String kilobytes = size == SIZE ? "6775430.35" : Double.toString(size / 1024.0);
    return """
        {"id":7,"modelId":3,"name":"v1","files":[
          {"id":1,"name":"preview.zip","sizeKB":1.5,"hashes":{}},
          {"id":2,"name":"sea.safetensors","type":"Model","sizeKB":%s,
           "hashes":{"AutoV2":"A5F58EB1C3","SHA256":"%s","BLAKE3":"%s"},
           "downloadUrl":"%s","primary":true}],
         "downloadUrl":"https://civitai.com/api/download/models/7"}
        """
        .formatted(
            kilobytes,
            sha256.toUpperCase(java.util.Locale.ROOT),
            blake3.toUpperCase(java.util.Locale.ROOT),
            url);
  }
}
