package dev.tidepool.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.download.FileServer.Fault;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Blake3;
import dev.tidepool.hash.Sha256;
import dev.tidepool.http.Http;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.http.PublicAddresses;
import dev.tidepool.http.Tokens;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
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

class DownloadsTest {
  private static final String PATH = "/sea.safetensors";

  private final List<Duration> pauses = new ArrayList<>();
  private FileServer server;
  private Path folder;
  private byte[] content;

  @BeforeEach
  void start(@TempDir Path temp) throws IOException {
    server = new FileServer();
    folder = temp.resolve("Modelle und mehr/loras");
    content = new byte[300_000];
    new Random(7).nextBytes(content);
    server.file(PATH, content);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void getsSeveralFilesAtOnce() throws IOException {
    List<WantedFile> wanted = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      byte[] each = ("model " + i).getBytes(StandardCharsets.UTF_8);
      URI uri = server.file("/" + i, each);
      wanted.add(wanted(List.of(uri), folder.resolve(i + ".pt"), each));
    }
    assertThat(downloads(1, false).fetch(wanted, Steps.silent()))
        .allSatisfy(each -> assertThat(each.file()).contains(each.wanted().target()));
    assertThat(names()).hasSize(9).contains("8.pt");
    assertThat(downloads(1, false).waiting()).isEmpty();
  }

  @Test
  void saysWhatItCountsAndWhatTheFileComesTo() {
    long[] bytes = new long[2];
    Steps steps =
        new Counting(
            total -> bytes[0] += total,
            advance -> {
              bytes[1] += advance;
            });
    server.fault(PATH, Fault.cut(1000));
    DownloadOutcome outcome =
        downloads(3, false).fetch(List.of(wanted(server.uri(PATH))), steps).get(0);
    assertThat(outcome.digest().orElseThrow().sha256()).isEqualTo(Sha256.of(content));
    assertThat(outcome.digest().orElseThrow().blake3()).isEqualTo(blake3(content));
    assertThat(bytes).containsExactly(content.length, content.length);
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws IOException {
    server.fault(PATH, Fault.cut(100_000), Fault.cut(50_000));
    assertThat(got(downloads(4, false), wanted(server.uri(PATH)))).isEqualTo(content);
    assertThat(server.asked())
        .containsExactly(PATH, PATH + " bytes=100000-", PATH + " bytes=150000-");
  }

  @Test
  void givesUpOnAServerThatIsGoneAfterMuchCame() throws IOException {
    byte[] large = new byte[3 << 20];
    server.file(PATH, large);
    Fault gone = Fault.status(500);
    server.fault(PATH, Fault.cut(2 << 20), gone, gone, gone, gone);
    WantedFile wanted = wanted(List.of(server.uri(PATH)), folder.resolve("sea.safetensors"), large);
    assertThat(failure(downloads(4, false), wanted)).isEqualTo("download-unreachable");
    assertThat(server.asked()).hasSize(4);
    assertThat(pauses.stream().map(Duration::toMillis)).containsExactly(500L, 1000L, 2000L);
    assertThat(got(downloads(2, false), wanted)).isEqualTo(large);
  }

  @Test
  void givesUpOnAServerThatSendsTheSameAgainAndBreaksOff() throws IOException {
    byte[] large = new byte[3 << 20];
    server.file(PATH, large);
    server.withoutRanges();
    Fault cut = Fault.cut(2 << 20);
    server.fault(PATH, cut, cut, cut, cut, cut, cut, cut, cut);
    WantedFile wanted = wanted(List.of(server.uri(PATH)), folder.resolve("sea.safetensors"), large);
    assertThat(failure(downloads(4, false), wanted)).isEqualTo("download-unreachable");
    // The first came farther than any before, the others not.
    assertThat(server.asked()).hasSize(4);
  }

  @Test
  void goesOnInAnotherProcess() throws IOException {
    server.fault(PATH, Fault.cut(100_000));
    WantedFile wanted = wanted(server.uri(PATH));
    assertThat(failure(downloads(1, false), wanted)).isEqualTo("download-unreachable");
    assertThat(downloads(1, false).waiting()).containsExactly(wanted);
    assertThat(Files.exists(wanted.target())).isFalse();
    assertThat(got(downloads(1, false), wanted)).isEqualTo(content);
    assertThat(server.asked()).containsExactly(PATH, PATH + " bytes=100000-");
    assertThat(downloads(1, false).waiting()).isEmpty();
    assertThat(names()).containsExactly("sea.safetensors");
  }

  @Test
  void nothingIsLeftOfAFileThatArrivedAnotherWay() throws IOException {
    server.fault(PATH, Fault.cut(100_000));
    WantedFile wanted = wanted(server.uri(PATH));
    assertThat(failure(downloads(1, false), wanted)).isEqualTo("download-unreachable");
    assertThat(names()).hasSize(2);
    Files.write(wanted.target(), content);
    downloads(1, false).arrived(List.of(wanted));
    assertThat(downloads(1, false).waiting()).isEmpty();
    assertThat(names()).containsExactly("sea.safetensors");
  }

  @Test
  void beginsAnewWhereAServerKnowsNoParts() throws IOException {
    server.fault(PATH, Fault.cut(100_000));
    server.withoutRanges();
    assertThat(got(downloads(2, false), wanted(server.uri(PATH)))).isEqualTo(content);
  }

  @Test
  void beginsAnewWhenTheFileOnTheServerChanged() throws IOException {
    server.fault(PATH, Fault.cut(100_000));
    WantedFile unknown =
        new WantedFile(
            List.of(server.uri(PATH)),
            folder.resolve("sea.safetensors"),
            -1,
            Optional.empty(),
            Optional.empty());
    byte[] other = "another state".repeat(30_000).getBytes(StandardCharsets.UTF_8);
    Downloads downloads =
        new Downloads(
            http(
                2,
                true,
                length -> {
                  server.file(PATH, other);
                  server.tag("\"two\"");
                }),
            queue(),
            new StoreLocks());
    assertThat(got(downloads, unknown)).isEqualTo(other);
    assertThat(server.asked()).containsExactly(PATH, PATH + " bytes=100000-");
  }

  @Test
  void takesUpNothingThatCouldNotBeChecked() throws IOException {
    server.fault(PATH, Fault.cut(100_000));
    WantedFile unknown =
        new WantedFile(
            List.of(server.uri(PATH)),
            folder.resolve("sea.safetensors"),
            content.length,
            Optional.empty(),
            Optional.empty());
    assertThat(failure(downloads(1, false), unknown)).isEqualTo("download-unreachable");
    assertThat(got(downloads(1, false), unknown)).isEqualTo(content);
    assertThat(server.asked()).containsExactly(PATH, PATH);
  }

  @Test
  void beginsAnewWhenWhatWasThereIsDamaged() throws IOException {
    server.fault(PATH, Fault.cut(100_000));
    WantedFile wanted = wanted(server.uri(PATH));
    failure(downloads(1, false), wanted);
    Path part = Sidecar.part(wanted);
    byte[] there = Files.readAllBytes(part);
    there[5] ^= 1;
    Files.write(part, there);
    assertThat(got(downloads(1, false), wanted)).isEqualTo(content);
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void beginsAnewWhenMoreIsThereThanTheFileHas() throws IOException {
    WantedFile wanted = wanted(server.uri(PATH));
    Files.createDirectories(folder);
    Files.write(Sidecar.part(wanted), new byte[content.length + 1]);
    assertThat(got(downloads(1, false), wanted)).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void asksNobodyForAPartThatIsWhole(boolean sidecar) throws IOException {
    WantedFile wanted = wanted(server.uri(PATH));
    Files.createDirectories(folder);
    Files.write(Sidecar.part(wanted), content);
    if (sidecar) {
      Files.writeString(Sidecar.of(Sidecar.part(wanted)), "{damaged");
    }
    assertThat(got(downloads(1, false), wanted)).isEqualTo(content);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void beginsAnewWhenTheServerGivesAnotherPart() throws IOException {
    server.fault(PATH, Fault.cut(100_000), Fault.part());
    assertThat(got(downloads(2, false), wanted(server.uri(PATH)))).isEqualTo(content);
  }

  @Test
  void triesOneAddressAfterTheOther() throws IOException {
    server.file("/wrong", new byte[content.length]);
    server.fault("/busy", Fault.status(503), Fault.status(503));
    server.fault("/cut", Fault.cut(1000), Fault.cut(1000));
    server.file("/cut", content);
    WantedFile wanted =
        wanted(
            List.of(
                server.uri("/nothing"),
                server.uri("/wrong"),
                server.uri("/busy"),
                server.uri("/cut"),
                server.uri(PATH)),
            folder.resolve("sea.safetensors"),
            content);
    assertThat(got(downloads(2, false), wanted)).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({
    "429, Retry-After: 7, PT7S, download-busy",
    "503, Retry-After: 9, PT9S, download-unreachable",
    "503, X: y, PT0.5S, download-unreachable",
    "429, Retry-After: 600, '', download-busy",
    "403, X: y, '', download-refused",
    "401, X: y, '', download-refused",
    "404, X: y, '', download-not-found",
    "410, X: y, '', download-not-found"
  })
  void waitsAsLongAsTheServerAsks(int status, String field, String pause, String code) {
    server.fault(PATH, Fault.status(status, field), Fault.status(status, field));
    assertThat(failure(downloads(2, false), wanted(server.uri(PATH)))).isEqualTo(code);
    assertThat(pauses.stream().map(Duration::toString).toList())
        .isEqualTo(pause.isEmpty() ? List.of() : List.of(pause));
  }

  @Test
  void givesUpOnAServerThatFallsSilent() {
    server.fault(PATH, Fault.hang(1000), Fault.hang(0));
    assertThat(failure(downloads(2, false), wanted(server.uri(PATH))))
        .isEqualTo("download-unreachable");
    assertThat(server.asked()).containsExactly(PATH, PATH + " bytes=1000-");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5_000, -1})
  void refusesALengthThatIsNotTheFiles(int more) {
    server.fault(PATH, Fault.length(more), Fault.length(more));
    assertThat(failure(downloads(1, false), wanted(server.uri(PATH)))).isEqualTo("download-wrong");
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void refusesOtherBytesOfTheSameLength() throws IOException {
    byte[] other = content.clone();
    other[299_999] ^= 1;
    server.file(PATH, other);
    assertThat(failure(downloads(1, false), wanted(server.uri(PATH)))).isEqualTo("download-wrong");
    assertThat(names()).isEmpty();
  }

  @Test
  void believesBothHashesOnly() throws IOException {
    WantedFile mixed =
        new WantedFile(
            List.of(server.uri(PATH)),
            folder.resolve("sea.safetensors"),
            content.length,
            Optional.of(Sha256.of(content)),
            Optional.of(blake3(new byte[1])));
    assertThat(failure(downloads(1, false), mixed)).isEqualTo("download-wrong");
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "http://10.0.0.1/x",
        "https://192.168.1.1/x",
        "http://169.254.169.254/latest/meta-data",
        "https://user:word@127.0.0.1/x",
        "ftp://127.0.0.1/x",
        "http://[::1]/x"
      })
  void neverFollowsToWhereItMustNot(String address) {
    server.fault(PATH, Fault.redirect(address));
    // The server itself is the one that is allowed.
    Http http =
        new Http(
            patience(1),
            pauses::add,
            uri -> {
              PublicAddresses rule = PublicAddresses.of(false);
              return uri.toString().startsWith(server.uri("").toString())
                  ? Optional.empty()
                  : rule.objection(uri);
            },
            new DownloadFailures(),
            Tokens.none());
    Downloads downloads = new Downloads(http, queue(), new StoreLocks());
    assertThat(failure(downloads, wanted(server.uri(PATH)))).isEqualTo("download-refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://169.254.169.254/x", "file:///etc/passwd", "http://0.0.0.0/x"})
  void neverFollowsThereWithPrivateNetworksEither(String address) {
    server.fault(PATH, Fault.redirect(address));
    assertThat(failure(downloads(1, false), wanted(server.uri(PATH))))
        .isEqualTo("download-refused");
  }

  @Test
  void asksNoPrivateAddressByItself() {
    assertThat(failure(downloads(1, true), wanted(server.uri(PATH)))).isEqualTo("download-refused");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void showsATokenToItsHostAndNotToWhereThatSends() throws IOException {
    try (FileServer other = new FileServer()) {
      other.file("/cdn", content);
      server.fault(PATH, Fault.redirect(other.uri("/cdn").toString()));
      Http http =
          new Http(
              patience(1),
              pauses::add,
              PublicAddresses.of(true),
              new DownloadFailures(),
              Tokens.of(Map.of(Tokens.VARIABLE, "127.0.0.1=secret"), true));
      Downloads downloads = new Downloads(http, queue(), new StoreLocks());
      assertThat(got(downloads, wanted(server.uri(PATH)))).isEqualTo(content);
      assertThat(server.asked()).containsExactly(PATH + "  Bearer secret");
      assertThat(other.asked()).containsExactly("/cdn");
    }
  }

  @Test
  void takesAFileThatIsThereAlready() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("sea.safetensors"), content);
    assertThat(got(downloads(1, false), wanted(server.uri(PATH)))).isEqualTo(content);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void neverOverwritesAnotherFile() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("sea.safetensors"), "mine");
    Files.writeString(folder.resolve("sea (2).safetensors"), "mine too");
    WantedFile wanted = wanted(server.uri(PATH));
    DownloadOutcome outcome = downloads(1, false).fetch(List.of(wanted), Steps.silent()).get(0);
    assertThat(outcome.file()).contains(folder.resolve("sea (3).safetensors"));
    assertThat(folder.resolve("sea.safetensors")).hasContent("mine");
    assertThat(Files.readAllBytes(folder.resolve("sea (3).safetensors"))).isEqualTo(content);
    downloads(1, false).fetch(List.of(wanted), Steps.silent());
    assertThat(names()).hasSize(3);
  }

  @Test
  void oneThatFailsKeepsNoOtherFromComing() {
    WantedFile missing =
        wanted(List.of(server.uri("/none")), folder.resolve("none.pt"), new byte[1]);
    List<DownloadOutcome> outcomes =
        downloads(1, false).fetch(List.of(missing, wanted(server.uri(PATH))), Steps.silent());
    assertThat(outcomes.get(0).failure()).isPresent();
    assertThat(outcomes.get(1).file()).isPresent();
  }

  @Test
  void looksForSpaceBeforeItBegins() {
    WantedFile huge =
        new WantedFile(
            List.of(server.uri(PATH)),
            folder.resolve("sea.safetensors"),
            1L << 60,
            Optional.empty(),
            Optional.empty());
    assertThatThrownBy(() -> downloads(1, false).fetch(List.of(huge), Steps.silent()))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("disk-too-small"));
    assertThat(server.asked()).isEmpty();
    assertThat(downloads(1, false).waiting()).isEmpty();
  }

  @Test
  void stopsAtAnInterruptAndGoesOnLater() throws IOException {
    server.fault(PATH, Fault.hang(100_000));
    WantedFile wanted = wanted(server.uri(PATH));
    Thread self = Thread.currentThread();
    Steps steps =
        new Counting(
            total -> {},
            advance -> {
              self.interrupt();
            });
    assertThatThrownBy(() -> downloads(1, false).fetch(List.of(wanted), steps))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("stopped"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(downloads(1, false).waiting()).containsExactly(wanted);
    assertThat(got(downloads(1, false), wanted)).isEqualTo(content);
  }

  @Test
  void aDamagedQueueIsAnEmptyOne() throws IOException {
    Files.createDirectories(queue());
    Files.writeString(queue().resolve("queue.json"), "{\"version\":1,\"files\":[{}]}");
    assertThat(downloads(1, false).waiting()).isEmpty();
    assertThat(got(downloads(1, false), wanted(server.uri(PATH)))).isEqualTo(content);
  }

  private Path queue() {
    return folder.resolveSibling("downloads");
  }

  private Downloads downloads(int attempts, boolean publicOnly) {
    return new Downloads(http(attempts, !publicOnly, pauses::add), queue(), new StoreLocks());
  }

  private static Http http(int attempts, boolean privateToo, dev.tidepool.http.Pauses pauses) {
    return new Http(
        patience(attempts),
        pauses,
        PublicAddresses.of(privateToo),
        new DownloadFailures(),
        Tokens.none());
  }

  private static HttpPatience patience(int attempts) {
    return new HttpPatience(
        Duration.ofSeconds(5), Duration.ofMillis(900), Duration.ofMillis(900), attempts);
  }

  private WantedFile wanted(URI uri) {
    return wanted(List.of(uri), folder.resolve("sea.safetensors"), content);
  }

  private static WantedFile wanted(List<URI> addresses, Path target, byte[] content) {
    return new WantedFile(
        addresses,
        target,
        content.length,
        Optional.of(Sha256.of(content)),
        Optional.of(blake3(content)));
  }

  private static byte[] got(Downloads downloads, WantedFile wanted) throws IOException {
    DownloadOutcome outcome = downloads.fetch(List.of(wanted), Steps.silent()).get(0);
    assertThat(outcome.failure()).isEmpty();
    return Files.readAllBytes(outcome.file().orElseThrow());
  }

  private static String failure(Downloads downloads, WantedFile wanted) {
    DownloadOutcome outcome = downloads.fetch(List.of(wanted), Steps.silent()).get(0);
    assertThat(outcome.file()).isEmpty();
    return outcome.failure().orElseThrow().code();
  }

  private static String blake3(byte[] bytes) {
    Blake3 hash = new Blake3();
    hash.update(bytes, 0, bytes.length);
    return HexFormat.of().formatHex(hash.digest());
  }

  private List<String> names() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Folders.children(folder).stream()) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private record Counting(
      java.util.function.LongConsumer totals, java.util.function.LongConsumer advances)
      implements Steps {
    @Override
    public void total(long units) {
      totals.accept(units);
    }

    @Override
    public void advance(long units) {
      advances.accept(units);
    }
  }
}
