package dev.tidepool.nodepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.http.ApiCache;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacksTest {
  private static final PackRequest.Registered SOME =
      new PackRequest.Registered("some-pack", Optional.empty());

  private final List<String> notes = new ArrayList<>();
  private RegistryServer server;
  private Path folder;
  private int unpacked;

  @BeforeEach
  void start(@TempDir Path temp) throws IOException {
    folder = temp.resolve("Ärger mit Leerzeichen");
    server = new RegistryServer();
    server.pack("some-pack", "Some Pack", "https://github.com/a/some-pack");
    server.version("some-pack", "1.9.0", PackZip.pack("nine"));
    server.version("some-pack", "1.10.0", PackZip.pack("ten"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void downloadsOnceAndThenHasItWithoutANetwork() throws IOException {
    FoundPack pack = packs().find(SOME, steps());
    packs().fetch(pack, steps());
    server.forget();
    packs().fetch(pack, steps());
    assertThat(server.asked()).isEmpty();
    assertThat(unpack(pack).resolve("nodes/über uns.py")).hasContent("x = 1");
    assertThat(pack.text()).isEqualTo("some-pack 1.10.0");
    assertThat(pack.folder()).isEqualTo("Some Pack");
  }

  @Test
  void writesTheIndexAsComfyDockDoes() throws IOException {
    FoundPack pack = packs().find(SOME, steps());
    packs().fetch(pack, steps());
    String index = Files.readString(cache().resolve("index.json"));
    assertThat(index)
        .contains("\"version\":\"1.0\"", "\"nodes\":{\"" + pack.cacheKey() + "\":{")
        .contains("\"install_method\":\"registry\"", "\"ref\":\"1.10.0\"", "\"access_count\":1");
  }

  @Test
  void sameFilesAreKeptOnce() throws IOException {
    server.version("some-pack", "1.11.0", PackZip.pack("ten"));
    packs().fetch(packs().find(SOME, steps()), steps());
    packs().fetch(find("1.10.0"), steps());
    assertThat(archives()).hasSize(1);
    Files.writeString(cache().resolve("index.json"), "{\"nodes\":");
    assertThat(packs().cache().holds(find("1.10.0"))).isTrue();
    assertThat(packs().cache().holds(find("1.11.0"))).isTrue();
    assertThat(Folders.children(cache()).toString()).contains("index.json.corrupt-");
  }

  @Test
  void setsADamagedArchiveAsideAndFetchesAnew() throws IOException {
    FoundPack pack = find("1.10.0");
    packs().fetch(pack, steps());
    byte[] bytes = Files.readAllBytes(archives().get(0));
    bytes[bytes.length / 2] ^= 0x10;
    Files.write(archives().get(0), bytes);
    assertThat(packs().cache().unpack(pack, folder.resolve("out"))).isFalse();
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(Folders.children(cache().resolve("store")).toString()).contains(".corrupt-");
    packs().fetch(pack, steps());
    unpack(pack);
  }

  @Test
  void readsWhatComfyDockKept() throws IOException {
    FoundPack pack = find("1.10.0");
    packs().fetch(pack, steps());
    Folders.delete(archives().get(0));
    Path content = cache().resolve("store").resolve(pack.cacheKey()).resolve("content/pack-1.10");
    Files.createDirectories(content.resolve(".git"));
    Files.writeString(content.resolve("__init__.py"), "kept");
    assertThat(unpack(pack).resolve("__init__.py")).hasContent("kept");
    assertThat(folder.resolve("out1/.git")).doesNotExist();
  }

  @Test
  void keyIsComfyDocks() {
    FoundPack pack =
        new FoundPack(
            "Some Pack",
            FoundPack.Origin.REGISTRY,
            Optional.of("some-pack"),
            Optional.of("https://github.com/a/some-pack"),
            Optional.of("1.0.0"),
            Optional.of("https://cdn.example/x.zip"),
            Optional.empty());
    assertThat(pack.cacheKey())
        .isEqualTo(
            Sha256.of(
                    "Some Pack|some-pack|https://github.com/a/some-pack|1.0.0|https://cdn.example/x.zip|registry")
                .substring(0, 16));
  }

  @Test
  void findsWhatIsKeptWhenTheRegistryIsGoneAndItsAnswersToo() throws IOException {
    packs().fetch(find("1.9.0"), steps());
    packs().fetch(find("1.10.0"), steps());
    server.close();
    Folders.delete(folder.resolve("api"));
    assertThat(packs().find(SOME, steps()).version()).contains("1.10.0");
    assertThat(find("1.9.0").version()).contains("1.9.0");
    assertThat(notes).allSatisfy(note -> assertThat(note).contains("registry-unreachable"));
  }

  @Test
  void findsWhatTheMappingsKnowWhenTheRegistryIsGone() throws IOException {
    server.close();
    mappings();
    assertThat(packs().find(SOME, steps()).download()).contains("https://cdn.example/1.10.0.zip");
    assertThatThrownBy(() -> find("7"))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("registry-unreachable"));
  }

  @Test
  void mappingsTellWhichPackBringsANodeType() throws IOException {
    mappings();
    assertThat(new NodeMappings(cache().resolve("node_mappings.json")).ofNodeType("Seed"))
        .extracting(NodeMappings.Candidate::id)
        .containsExactly("some-pack", "other-pack");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"packages\":[1,2]}",
        "{\"packages\":{\"some-pack\":3}}",
        "{\"pack",
        "nonsense"
      })
  void damagedMappingsAreNone(String text) throws IOException {
    Files.createDirectories(cache());
    Files.writeString(cache().resolve("node_mappings.json"), text);
    NodeMappings mappings = new NodeMappings(cache().resolve("node_mappings.json"));
    assertThat(mappings.ofNodeType("Seed")).isEmpty();
    assertThat(mappings.pack("some-pack").map(MappedPack::downloads).orElse(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "a/b", "NUL", "..", "x.disabled"})
  void aNameThatCanBeNoFolderGivesWayToTheId(String name) {
    server.pack("evil", name, "").version("evil", "1.0.0", PackZip.pack("evil"));
    FoundPack pack = packs().find(new PackRequest.Registered("evil", Optional.empty()), steps());
    assertThat(pack.folder()).isEqualTo("evil");
  }

  @Test
  void saysWhatIsNotThere() {
    assertThatThrownBy(
            () -> packs().find(new PackRequest.Registered("nope", Optional.empty()), steps()))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("node-not-found"));
    assertThatThrownBy(() -> find("7.0"))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("node-version-not-found");
              assertThat(e.hints()).anyMatch(hint -> hint.contains("1.9.0"));
            });
    server.ban("some-pack");
    assertThatThrownBy(() -> packs().renewed().find(SOME, steps()))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("node-banned"));
  }

  @Test
  void aWrongArchiveLeavesNothing() throws IOException {
    server.version("some-pack", "2.0.0", "<html>".getBytes(StandardCharsets.UTF_8));
    FoundPack pack = find("2.0.0");
    assertThatThrownBy(() -> packs().fetch(pack, steps()))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("archive-format-unknown"));
    assertThat(Folders.children(cache().resolve("store"))).isEmpty();
  }

  private void mappings() throws IOException {
    Files.createDirectories(cache());
    Files.writeString(
        cache().resolve("node_mappings.json"),
        """
        {"version":"1","stats":{"packages":2},"mappings":{
          "Seed::abc":[{"package_id":"other-pack","versions":[],"rank":2},{"package_id":"../x","rank":1}],
          "Seed::_":[{"package_id":"some-pack","versions":["1.0"],"rank":1}],
          "Seeds::_":[{"package_id":"wrong","rank":1}]},
         "packages":{"other-pack":{"versions":null},
          "some-pack":{"display_name":"Some Pack","tags":[],"versions":{
            "1.9.0":{"download_url":"https://cdn.example/1.9.0.zip","dependencies":["a"]},
            "1.10.0":{"download_url":"https://cdn.example/1.10.0.zip"}}}}}
        """);
  }

  private FoundPack find(String version) {
    return packs().find(new PackRequest.Registered("some-pack", Optional.of(version)), steps());
  }

  private Path unpack(FoundPack pack) {
    Path out = folder.resolve("out" + ++unpacked);
    assertThat(packs().cache().unpack(pack, out)).isTrue();
    return out;
  }

  private List<Path> archives() throws IOException {
    return Folders.children(cache().resolve("store")).stream()
        .filter(file -> file.toString().endsWith(".tar.gz"))
        .toList();
  }

  private Path cache() {
    return folder.resolve("custom_nodes");
  }

  private Packs packs() {
    HttpPatience patience =
        new HttpPatience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 2);
    Registry registry =
        Registry.at(
            RegistryAddress.of(Map.of("TIDEPOOL_REGISTRY_URL", server.address())),
            new ApiCache(folder.resolve("api"), Clock.systemUTC()),
            Registry.http(patience, length -> {}));
    return new Packs(
        registry,
        new PackCache(cache(), new StoreLocks(), Clock.systemUTC()),
        new NodeMappings(cache().resolve("node_mappings.json")),
        new NoGit());
  }

  private static final class NoGit implements GitPacks {
    @Override
    public State find(String url, Optional<String> ref, Steps steps) {
      throw new AssertionError(url);
    }

    @Override
    public void checkOut(String url, State state, Path target, Steps steps) {
      throw new AssertionError(url);
    }

    @Override
    public boolean same(String url, String other) {
      return false;
    }
  }

  private Steps steps() {
    return new NotedSteps(notes);
  }
}
