package dev.tidepool.exporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.bundle.Bundle;
import dev.tidepool.bundle.BundleManifest;
import dev.tidepool.bundle.BundledModel;
import dev.tidepool.bundle.BundledPack;
import dev.tidepool.bundle.BundledPool;
import dev.tidepool.bundle.Signing;
import dev.tidepool.bundle.SigningKey;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.Progress;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.model.ModelRoot;
import dev.tidepool.nodepack.NodeMappings;
import dev.tidepool.pool.NewImage;
import dev.tidepool.profile.ProfileStore;
import dev.tidepool.resolution.Asking;
import dev.tidepool.version.Graphs;
import dev.tidepool.version.VersionWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportingTest {
  private Path out;
  private VersionWorld world;
  private Path target;

  @BeforeEach
  void prepare(@TempDir Path folder) throws IOException {
    out = Files.createDirectories(folder.resolve("out"));
    target = out.resolve("b.tar.gz");
    world = VersionWorld.in(folder);
    world.model("checkpoints/sd.safetensors");
    world.save("portrait", Graphs.text("sd.safetensors", 1));
    world.write(".cec/uv.lock", "version = 1\n");
    world.write(".cec/.python-version", "3.11\n");
  }

  private static ExportRequest request(String... workflows) {
    return new ExportRequest(List.of(workflows), false, false, Optional.empty());
  }

  private Exported export(ExportRequest request) {
    return export(request, 2, Addresses.asKnown());
  }

  private Exported export(ExportRequest request, int threads, Addresses addresses) {
    return new Exporting(
            world.environment,
            world.history,
            world.around(),
            new Exporting.Tools(
                "tidepool test",
                new NodeMappings(world.folder.resolve("mappings.json")),
                addresses,
                threads))
        .export(request, target, true, offering -> Asking.nobody(), Steps.silent());
  }

  private String code(ExportRequest request) throws IOException {
    Map<String, String> before = world.files();
    try {
      export(request);
      return "fine";
    } catch (TidepoolException e) {
      assertThat(out).isEmptyDirectory();
      assertThat(world.files()).isEqualTo(before);
      return e.code();
    }
  }

  private Bundle staged() throws IOException {
    return Bundle.stage(target, Files.createTempDirectory(world.folder, "s"), Progress.none());
  }

  /** Names a node type, and what the workflow says of its pack. */
  private static String node(String type, String properties) {
    return "{\"nodes\":[{\"id\":1,\"type\":\"%s\",\"properties\":{%s},\"widgets_values\":[],\"inputs\":[],\"outputs\":[]}],\"links\":[]}"
        .formatted(type, properties);
  }

  @Test
  void bundleHoldsWhatAWorkflowNeedsAndTheEnvironmentStaysAsItIs() throws IOException {
    Map<String, String> before = world.files();
    Exported exported = export(request("portrait"));
    BundleManifest manifest = exported.manifest();
    assertThat(world.files()).isEqualTo(before);
    assertThat(manifest.workflows()).containsExactly("portrait.json");
    assertThat(manifest.environment().name()).isEqualTo("studio");
    assertThat(manifest.environment().version()).contains("v1");
    assertThat(manifest.comfyUi().version()).isEqualTo("v0.30.0");
    assertThat(manifest.models())
        .singleElement()
        .satisfies(
            model -> {
              assertThat(model.relativePath()).isEqualTo("checkpoints/sd.safetensors");
              assertThat(model.sha256())
                  .isEqualTo(Sha256.of("weights of checkpoints/sd.safetensors"));
              assertThat(model.blake3()).hasSize(64);
              assertThat(model.usedBy()).containsExactly("portrait.json");
            });
    assertThat(exported.unfetchable()).containsExactly("checkpoints/sd.safetensors");
    assertThat(exported.open()).isEmpty();
    Bundle bundle = staged();
    assertThat(bundle.path("workflows/portrait.json"))
        .hasContent(Files.readString(world.environment.liveWorkflows().resolve("portrait.json")));
    assertThat(bundle.path("uv.lock")).hasContent("version = 1\n");
    assertThat(bundle.path("comfydock.lock")).content().contains(manifest.models().get(0).sha256());
    Manifest pyproject = Manifest.read(bundle.path("pyproject.toml"));
    assertThat(pyproject.workflows()).containsOnlyKeys("portrait");
    assertThat(pyproject.models()).hasSize(1);
    assertThat(pyproject.text()).startsWith("# by hand");
  }

  @Test
  void workflowIsTakenAsComfyUiHasItNow() throws IOException {
    world.commit("first");
    world.save("portrait", Graphs.text("sd.safetensors", 77));
    export(request("portrait.json"));
    assertThat(staged().path("workflows/portrait.json")).content().contains("77");
  }

  @Test
  void packsThatOthersNeedStayBehind() throws IOException {
    world.record("wanted", NodeEntry.registry("Wanted", "wanted", "1.0"));
    world.record(
        "far",
        NodeEntry.git("Far", "https://github.com/anna/far", "0123456789")
            .at(Optional.of("main"), Optional.of("9876543210")));
    world.record("other", NodeEntry.registry("Other", "other", "2.0"));
    world.save("needs", node("WantedNode", "\"cnr_id\":\"wanted\""));
    world.save("needs-far", node("FarNode", "\"aux_id\":\"anna/far\""));
    BundleManifest one = export(request("needs")).manifest();
    assertThat(one.packs()).extracting(BundledPack::id).containsExactly("wanted");
    assertThat(one.packs().get(0).version()).contains("1.0");
    Manifest pyproject = Manifest.read(staged().path("pyproject.toml"));
    assertThat(pyproject.nodes()).containsOnlyKeys("wanted");
    assertThat(pyproject.workflows()).containsOnlyKeys("needs");
    BundleManifest two = export(request("needs", "needs-far")).manifest();
    assertThat(two.packs()).extracting(BundledPack::id).containsExactly("wanted", "far");
    assertThat(two.packs().get(1).commit()).contains("0123456789");
    assertThat(two.packs().get(1).version()).isEmpty();
    BundleManifest all = export(request()).manifest();
    assertThat(all.packs()).hasSize(3);
    assertThat(all.workflows()).containsExactly("needs.json", "needs-far.json", "portrait.json");
  }

  @Test
  void packIsFoundByTheNodeTypesInItsSource() throws IOException {
    world.record("mine", NodeEntry.development("Mine"));
    world.record("other", NodeEntry.registry("Other", "other", "2.0"));
    world.write("ComfyUI/custom_nodes/Mine/nodes/a.py", "NODES = {'My Node': X}");
    world.write("ComfyUI/custom_nodes/Other/a.py", "NODES = {\"Another\": X}");
    world.write("ComfyUI/custom_nodes/Stray/a.py", "NODES = {\"Stray Node\": X}");
    world.save("mine", node("My Node", ""));
    world.save("stray", node("Stray Node", ""));
    Exported mine = export(request("mine"));
    assertThat(mine.manifest().packs()).extracting(BundledPack::id).containsExactly("mine");
    assertThat(mine.unknownTypes()).isEmpty();
    assertThat(export(request("stray")).unknownTypes())
        .singleElement()
        .asString()
        .contains("Stray Node", "custom_nodes/Stray");
  }

  @Test
  void packIsFoundInTheListOfNodeTypes() throws IOException {
    world.record("listed", NodeEntry.registry("Listed", "listed", "1.0"));
    Files.writeString(
        world.folder.resolve("mappings.json"),
        "{\"mappings\":{\"Listed Node::1\":[{\"package_id\":\"listed\",\"rank\":1}]}}");
    world.save("a", node("Listed Node", ""));
    assertThat(export(request("a")).manifest().packs()).hasSize(1);
  }

  @Test
  void sourceOfAPackThatIsWorkedOnTravelsWithoutWhatIsIgnored() throws IOException {
    world.record("mine", NodeEntry.development("Mine"));
    String pack = "ComfyUI/custom_nodes/Mine/";
    world.write(pack + "__init__.py", "NODES = {}");
    world.write(pack + "web/a.js", "x");
    world.write(pack + "web/.gitignore", "*.map\n");
    world.write(pack + "web/deep/a.map", "x");
    world.write(pack + "web/big/.gitignore", "*\n!keep.txt\n");
    world.write(pack + "web/big/blob.bin", "x");
    world.write(pack + "web/big/keep.txt", "x");
    world.write(pack + ".gitignore", "*.log\n/private/\n");
    world.write(pack + "debug.log", "x");
    world.write(pack + "private/.env", "TOKEN=1");
    world.write(pack + ".git/config", "[core]");
    world.write(pack + "__pycache__/a.pyc", "x");
    world.write(pack + "venv/pyvenv.cfg", "x");
    Files.createSymbolicLink(
        world.environment.customNodes().resolve("Mine/link"), Path.of("/etc/hostname"));
    Exported exported = export(request());
    assertThat(staged().under("dev_nodes"))
        .containsExactly(
            "dev_nodes/Mine/.gitignore",
            "dev_nodes/Mine/__init__.py",
            "dev_nodes/Mine/web/.gitignore",
            "dev_nodes/Mine/web/a.js",
            "dev_nodes/Mine/web/big/keep.txt");
    assertThat(exported.notes()).anyMatch(note -> note.contains("Mine/link"));
    assertThat(exported.manifest().packs().get(0).member()).contains("dev_nodes/Mine");
  }

  @Test
  void missingSourceIsNotPassedOver() throws IOException {
    world.record("mine", NodeEntry.development("Mine"));
    assertThat(code(request())).isEqualTo("export-source-missing");
    world.write("ComfyUI/custom_nodes/Mine/.git/config", "x");
    assertThat(code(request())).isEqualTo("export-source-missing");
  }

  @ParameterizedTest
  @CsvSource({
    ".env, A=1",
    ".env.local, A=1",
    "keys/server.pem, x",
    "id_rsa, x",
    "deep/er/.netrc, x",
    "a.py, 'TOKEN = \"hf_abcdefghijklmnopqrstuvwxyzABCDEFGH\"'",
    "a.txt, -----BEGIN OPENSSH PRIVATE KEY-----",
    "a.json, ghp_abcdefghijklmnopqrstuvwxyzABCDEFGH0123",
    "requirements.txt, sea @ git+https://abcdefghij@example.org/sea",
    "a.py, 'URL = \"https://anna:abcdefghij@example.org/sea\"'",
    "a.py, 'URL = \"https://example.org/sea?format=x&access_token=abcdefghij0123\"'",
    "a.md, [it](https://example.org/sea?X-Amz-Date=1&amp;X-Amz-Signature=abcdefghij0123)",
  })
  void secretsAreRefusedByName(String file, String content) throws IOException {
    world.record("mine", NodeEntry.development("Mine"));
    world.write("ComfyUI/custom_nodes/Mine/__init__.py", "");
    world.write("ComfyUI/custom_nodes/Mine/" + file, content);
    assertThatThrownBy(() -> export(request()))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("export-secrets");
              assertThat(e.hints().get(0)).contains("dev_nodes/Mine/" + file);
              assertThat(e.hints()).noneMatch(hint -> hint.contains("abcdefghij"));
              assertThat(e.hints().get(1)).contains(".gitignore");
            });
    assertThat(out).isEmptyDirectory();
    world.write("ComfyUI/custom_nodes/Mine/.gitignore", file + "\n");
    assertThat(code(request())).isEqualTo("fine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "URL = f\"https://example.org/sea?format=x1&token={os.environ['TOKEN_0123456']}\"",
        "curl 'https://example.org/sea?api_key=YOUR_API_KEY'",
        "https://example.org/sea?token=<your token of 2026>",
        "https://example.org/sea?page=0123456789"
      })
  void sourcesThatPutATokenInOrShowAnExampleTravel(String text) throws IOException {
    world.record("mine", NodeEntry.development("Mine"));
    world.write("ComfyUI/custom_nodes/Mine/__init__.py", text);
    assertThat(code(request())).isEqualTo("fine");
  }

  @Test
  void secretsInWorkflowsAndAddressesOfIndexesAreRefused() throws IOException {
    world.write(".cec/uv.lock", "registry = \"https://anna:secret@example.org/simple\"");
    assertThat(code(request())).isEqualTo("export-secrets");
    world.write(".cec/uv.lock", "registry = \"https://token@example.org/simple\"");
    assertThat(code(request())).isEqualTo("export-secrets");
    world.write(".cec/uv.lock", "git = \"ssh://git@example.org/a.git\" # by anna@example.org");
    assertThat(code(request())).isEqualTo("fine");
    Files.delete(target);
    world.save("token", node("Api", "\"key\":\"sk-abcdefghijklmnopqrstuvwxyz0123456789\""));
    assertThat(code(request())).isEqualTo("export-secrets");
    assertThat(code(request("portrait"))).isEqualTo("fine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://civitai.com/api/download/models/1?token=0123456789abcdef0123456789abcdef",
        "https://anna:secret@example.org/sd.safetensors",
        "https://secret@example.org/sd.safetensors",
        "HTTPS://example.org/sd.safetensors?a=b&api%5Fkey=secret",
        "from [here](https://example.org/sd?sig=secret), with thanks"
      })
  void addressesWithTokensInWorkflowsAreRefused(String text) throws IOException {
    world.save("token", node("Api", "\"models\":[{\"url\":\"" + text + "\"}]"));
    assertThat(code(request())).isEqualTo("export-secrets");
    // JSON may write the same text in other ways.
    world.save("token", node("Api", "\"models\":[\"" + text.replace(":", "\\u003a") + "\"]"));
    assertThat(code(request())).isEqualTo("export-secrets");
    world.save("token", node("Api", "\"models\":[\"" + text.replace("/", "\\/") + "\"]"));
    assertThatThrownBy(() -> export(request()))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.hints().get(0)).contains("workflows/token.json");
              assertThat(e.hints())
                  .noneMatch(hint -> hint.matches(".*(secret@|=secret|0123456).*"));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://civitai.com/api/download/models/1?type=Model&format=SafeTensor",
        "https://huggingface.co/a/b/resolve/main/sd.safetensors?download=true",
        "https://example.org/@anna/sd and anna@example.org, key=1",
        "what is a token= for"
      })
  void addressesWithoutTokensTravel(String text) throws IOException {
    world.save("plain", node("Api", "\"text\":\"" + text + "\""));
    assertThat(code(request())).isEqualTo("fine");
  }

  @Test
  void namesAreMistakenOrMeanWorkflowsThatCannotBeRead() throws IOException {
    world.save("drafts/broken", "{\"nodes\": 7}");
    world.save("list", "[]");
    assertThat(code(request("nothing"))).isEqualTo("workflow-not-found");
    assertThat(code(request("drafts/broken"))).isEqualTo("workflow-invalid");
    Exported whole = export(request());
    assertThat(whole.leftOut()).hasSize(2);
    assertThat(whole.manifest().workflows()).containsExactly("portrait.json");
  }

  @Test
  void modelsThatAreNotFoundAreNamedAndBlockNothing() throws IOException {
    world.save("open", Graphs.text("nowhere.safetensors", 1));
    Exported exported = export(request("open"));
    assertThat(exported.open())
        .singleElement()
        .satisfies(open -> assertThat(open.value()).isEqualTo("nowhere.safetensors"));
    assertThat(exported.manifest().models()).isEmpty();
  }

  @Test
  void pathsOfOtherSystemsArePutRightInTheBundleOnly() throws IOException {
    world.save("moved", Graphs.text("checkpoints\\\\\\\\sd.safetensors", 1));
    String before = Files.readString(world.environment.liveWorkflows().resolve("moved.json"));
    Exported exported = export(request("moved"));
    assertThat(exported.manifest().models()).hasSize(1);
    assertThat(staged().path("workflows/moved.json")).content().contains("\"sd.safetensors\"");
    assertThat(world.environment.liveWorkflows().resolve("moved.json")).hasContent(before);
  }

  @Test
  void modelFilesTravelWhenTheyAreWanted() throws IOException {
    export(new ExportRequest(List.of("portrait"), true, false, Optional.empty()));
    assertThat(staged().path("models/checkpoints/sd.safetensors"))
        .hasContent("weights of checkpoints/sd.safetensors");
  }

  @Test
  void modelIsReadWholeOnlyOnce() throws IOException {
    Path database = world.folder.resolve("comfydock_cache/models.db");
    try (ModelIndex index = ModelIndex.open(database, Clock.systemUTC())) {
      index.index(List.of(ModelRoot.of(world.models)), Progress.none());
    }
    String sha256 = export(request("portrait")).manifest().models().get(0).sha256();
    try (ModelIndex index = ModelIndex.open(database, Clock.systemUTC())) {
      assertThat(index.files())
          .singleElement()
          .satisfies(file -> assertThat(file.sha256()).isEqualTo(sha256));
      index.storeDigest(
          index.files().get(0).key(),
          new dev.tidepool.hash.FileDigest(1, "b".repeat(64), "a".repeat(64)));
    }
    assertThat(export(request("portrait")).manifest().models().get(0).sha256())
        .isEqualTo("a".repeat(64));
  }

  @Test
  void addressesComeFromTheIndexTheWorkflowAndWhoeverIsAsked() throws IOException {
    Path database = world.folder.resolve("comfydock_cache/models.db");
    try (ModelIndex index = ModelIndex.open(database, Clock.systemUTC())) {
      index.index(List.of(ModelRoot.of(world.models)), Progress.none());
      index.addSource(index.files().get(0).key(), "https://example.org/index");
    }
    String declared =
        Graphs.text(
            "sd.safetensors",
            1,
            "\"models\":[{\"name\":\"sd.safetensors\",\"url\":\"https://example.org/declared\","
                + "\"directory\":\"checkpoints\"}],");
    world.save("portrait", declared);
    assertThat(export(request("portrait")).manifest().models().get(0).sources())
        .containsExactly("https://example.org/index", "https://example.org/declared");
    Exported asked =
        export(request("portrait"), 1, (model, steps) -> List.of("https://example.org/asked"));
    assertThat(asked.manifest().models().get(0).sources())
        .containsExactly("https://example.org/asked");
    assertThat(asked.unfetchable()).isEmpty();
    assertThat(Manifest.read(staged().path("pyproject.toml")).models().values())
        .singleElement()
        .satisfies(entry -> assertThat(entry.sources()).contains("https://example.org/asked"));
  }

  @Test
  void poolProfilesTravelWhenTheyAreWanted() throws IOException {
    ProfileStore profiles =
        new ProfileStore(
            world.environment.comfyUi().resolve("input/grid_pool"),
            Clock.systemUTC(),
            new StoreLocks());
    String id = profiles.create("Sea").id();
    profiles.create("Other");
    world.save(
        "pool",
        "{\"nodes\":[{\"id\":1,\"type\":\"PoolProfile\",\"widgets_values\":[\"Sea\",\"%s\"],"
                .formatted(id)
            + "\"inputs\":[],\"outputs\":[],\"properties\":{}}],\"links\":[]}");
    Exported without = export(request("pool"));
    assertThat(without.notes()).anyMatch(note -> note.contains("--with-pools"));
    Exported with = export(new ExportRequest(List.of("pool"), false, true, Optional.empty()));
    assertThat(with.manifest().pools())
        .singleElement()
        .satisfies(
            pool -> {
              assertThat(pool.name()).isEqualTo("Sea");
              assertThat(pool.id()).isEqualTo(id);
            });
    ProfileStore elsewhere =
        new ProfileStore(world.folder.resolve("else"), Clock.systemUTC(), new StoreLocks());
    assertThat(
            elsewhere
                .importFrom(staged().path("pools/" + id + ".zip"), null, Progress.none())
                .name())
        .isEqualTo("Sea");
    try (var left = Files.list(out)) {
      assertThat(left).containsExactly(target);
    }
  }

  @Test
  void poolOfANodeTravelsWhenItIsAProfiles() throws IOException {
    ProfileStore profiles =
        new ProfileStore(
            world.environment.comfyUi().resolve("input/grid_pool"),
            Clock.systemUTC(),
            new StoreLocks());
    String id = profiles.create("Sea").id();
    Path image = Path.of("src/test/resources/images/plain.png");
    profiles.pools().add("own", List.of(new NewImage("a.png", image)), Progress.none());
    String grid =
        "{\"id\":%d,\"type\":\"GridImagePool\",\"widgets_values\":[-1,\"%s\",\"\"],\"inputs\":[],\"outputs\":[],\"properties\":{}}";
    world.save(
        "pool",
        "{\"nodes\":[%s,%s,%s],\"links\":[]}"
            .formatted(grid.formatted(1, id), grid.formatted(2, "own"), grid.formatted(3, "none")));
    Exported with = export(new ExportRequest(List.of("pool"), false, true, Optional.empty()));
    assertThat(with.manifest().pools()).extracting(BundledPool::name).containsExactly("Sea");
    assertThat(with.notes()).singleElement().asString().contains("the node 2 in pool");
  }

  @Test
  void sameEnvironmentGivesTheSameBytes() throws IOException {
    world.record("mine", NodeEntry.development("Mine"));
    world.write("ComfyUI/custom_nodes/Mine/__init__.py", "NODES = {}");
    export(request(), 1, Addresses.asKnown());
    byte[] first = Files.readAllBytes(target);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      export(request(), 3, Addresses.asKnown());
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
    assertThat(target).hasBinaryContent(first);
  }

  @Test
  void bundleIsSigned() throws IOException {
    SigningKey key = Signing.generate(world.folder.resolve("key"));
    export(new ExportRequest(List.of(), false, false, Optional.of(key)));
    Signing.require(Bundle.inspect(target, Progress.none()), key.open());
    assertThat(staged().contents().manifest().orElseThrow().models())
        .extracting(BundledModel::filename)
        .containsExactly("sd.safetensors");
  }

  @Test
  void bundlesAreNamedAfterWhatIsInThem() {
    assertThat(Exporting.fileName(request("drafts/portrait.json"), world.environment))
        .isEqualTo("portrait_bundle.tar.gz");
    assertThat(Exporting.fileName(request("a", "b"), world.environment))
        .isEqualTo("studio_bundle.tar.gz");
    assertThat(Exporting.fileName(request(), world.environment)).isEqualTo("studio_bundle.tar.gz");
  }
}
