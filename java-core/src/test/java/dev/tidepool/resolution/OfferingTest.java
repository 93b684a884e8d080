package dev.tidepool.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelFolder;
import dev.tidepool.loader.ModelLists;
import dev.tidepool.loader.ModelTree;
import dev.tidepool.loader.NodeFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OfferingTest {
  @TempDir Path models;

  @Test
  void nameIsLookedForInTheFolderOfItsInput() throws IOException {
    file("checkpoints/sd15/sea.safetensors", 3);
    file("loras/sea.safetensors", 5);
    Offering offering = offering("{}", Contents.unknown());
    assertThat(offers(offering, "CheckpointLoaderSimple", "ckpt_name", "sea.safetensors"))
        .containsExactly(new Offer("sd15/sea.safetensors", Reason.SAME_NAME));
    assertThat(offers(offering, "LoraLoader", "lora_name", "x/sea.safetensors"))
        .containsExactly(new Offer("sea.safetensors", Reason.SAME_NAME));
    assertThat(offering.bytes("checkpoints", "sd15/sea.safetensors")).hasValue(3);
  }

  @Test
  void inputThatTakesNoModelsGetsNoAnswer() throws IOException {
    file("checkpoints/sea.safetensors", 1);
    Offering offering = offering("{}", Contents.unknown());
    assertThat(offering.of(named("KSampler", "sampler_name", "sea.safetensors"))).isEmpty();
    assertThat(offering.of(named("CheckpointLoaderSimple", "other", "sea.safetensors"))).isEmpty();
    assertThat(offering.of(named("NobodyKnows", "ckpt_name", "sea.safetensors"))).isEmpty();
  }

  @Test
  void loaderOfANodePackIsRecognisedByWhatItOffers() throws IOException {
    file("checkpoints/sd15/sea.safetensors", 1);
    file("loras/sand.safetensors", 1);
    String nodes =
        "{\"TheirLoader\":{\"input\":{\"required\":{\"model\":[[\"sd15/sea.safetensors\"],{}]}}}}";
    assertThat(offering(nodes, Contents.unknown()).of(named("TheirLoader", "model", "sea.ckpt")))
        .hasValueSatisfying(
            offered -> {
              assertThat(offered.folder()).isEqualTo("checkpoints");
              assertThat(offered.offers())
                  .containsExactly(new Offer("sd15/sea.safetensors", Reason.OTHER_EXTENSION));
            });
  }

  @Test
  void contentIsFoundUnderAnyName() throws IOException {
    Path renamed = file("checkpoints/renamed.safetensors", 1);
    Path elsewhere = file("loras/renamed.safetensors", 1);
    Contents contents = known("ab", renamed, elsewhere);
    Offering offering = offering("{}", contents);
    NamedModel model =
        new NamedModel(
            "CheckpointLoaderSimple",
            "ckpt_name",
            "sea.safetensors",
            List.of(new ModelHash("sha-256", "AB")));
    assertThat(offering.of(model).orElseThrow().offers())
        .containsExactly(new Offer("renamed.safetensors", Reason.SAME_CONTENT));
  }

  @Test
  void contentIsFoundThroughALink() throws IOException {
    Path stored = file("store/blob", 1);
    file("checkpoints/other.safetensors", 2);
    Path link = models.resolve("checkpoints/link.safetensors");
    Files.createSymbolicLink(link, stored);
    NamedModel model =
        new NamedModel(
            "CheckpointLoaderSimple",
            "ckpt_name",
            "sea.safetensors",
            List.of(new ModelHash("SHA256", "ab")));
    assertThat(offering("{}", known("ab", link)).of(model).orElseThrow().offers())
        .containsExactly(new Offer("link.safetensors", Reason.SAME_CONTENT));
  }

  @Test
  void whatTheInputDoesNotTakeIsNotOffered() throws IOException {
    file("vae_approx/taesd_decoder.safetensors", 1);
    file("vae/x/sea.safetensors", 1);
    Loaders loaders = Loaders.builtIn();
    ModelTree tree = ModelTree.below(models, loaders.relativeFolders());
    Offering offering = new Offering(loaders, tree, Contents.unknown());
    assertThat(offers(offering, "VAELoader", "vae_name", "q/taesd_decoder.safetensors")).isEmpty();
    assertThat(offers(offering, "VAELoader", "vae_name", "sea.safetensors"))
        .containsExactly(new Offer("x/sea.safetensors", Reason.SAME_NAME));
  }

  @Test
  void folderOfTheDiffusersLibraryIsOfferedAsAWhole() throws IOException {
    file("diffusers/a/sea/model_index.json", 1);
    file("diffusers/a/sea/unet/model_index.json", 1);
    file("diffusers/b/sea/unet/model.safetensors", 1);
    Loaders loaders = Loaders.builtIn();
    ModelTree tree = ModelTree.below(models, loaders.relativeFolders());
    Offering offering = new Offering(loaders, tree, Contents.unknown());
    assertThat(offers(offering, "DiffusersLoader", "model_path", "sea"))
        .containsExactly(new Offer("a/sea", Reason.SAME_NAME));
  }

  @Test
  void namesThatNoFileCanHaveLeadNowhere() throws IOException {
    file("checkpoints/sea.safetensors", 1);
    Offering offering = offering("{}", Contents.unknown());
    for (String endless :
        List.of(
            "a/".repeat(60_000) + "sea.safetensors",
            "sea" + " ".repeat(20_000) + "(1).safetensors",
            "sea" + "-fp16".repeat(10_000) + ".safetensors",
            "/checkpoints".repeat(10_000) + "/sea.safetensors")) {
      assertThat(offers(offering, "CheckpointLoaderSimple", "ckpt_name", endless)).isEmpty();
    }
  }

  @Test
  void folderThatIsNotThereIsNoMistake() {
    Offering offering = offering("{}", known("00", models.resolve("gone")));
    assertThat(offers(offering, "CheckpointLoaderSimple", "ckpt_name", "sea.safetensors"))
        .isEmpty();
    assertThat(offering.bytes("checkpoints", "a\0b")).isEmpty();
  }

  private static Contents known(String hash, Path... files) {
    return new Contents() {
      @Override
      public List<Path> having(ModelHash wanted) {
        return wanted.hash().equals(hash) ? List.of(files) : List.of();
      }

      @Override
      public Optional<String> hashOf(Path file, String type) {
        return Optional.empty();
      }
    };
  }

  private List<Offer> offers(Offering offering, String type, String input, String value) {
    return offering.of(named(type, input, value)).orElseThrow().offers();
  }

  private static NamedModel named(String type, String input, String value) {
    return new NamedModel(type, input, value, List.of(new ModelHash("SHA256", "00")));
  }

  private Path file(String name, int bytes) throws IOException {
    Path file = models.resolve(name);
    Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
    return Files.write(file, new byte[bytes]);
  }

  private Offering offering(String nodes, Contents contents) {
    Map<String, ModelFolder> folders =
        Map.of("checkpoints", folder("checkpoints"), "loras", folder("loras"));
    Map<String, List<String>> files =
        Map.of("checkpoints", files("checkpoints"), "loras", files("loras"));
    Loaders loaders =
        NodeFacts.told(nodes.getBytes(StandardCharsets.UTF_8), folders, files)
            .refine(Loaders.builtIn());
    Map<String, List<Path>> directories =
        Map.of(
            "checkpoints", List.of(models.resolve("checkpoints")),
            "loras", List.of(models.resolve("loras")));
    return new Offering(loaders, new ModelLists(files, directories), contents);
  }

  private ModelFolder folder(String name) {
    return new ModelFolder(name, List.of(models.resolve(name).toString()), Set.of(".safetensors"));
  }

  private List<String> files(String name) {
    Path folder = models.resolve(name);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
