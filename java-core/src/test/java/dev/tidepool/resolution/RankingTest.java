package dev.tidepool.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RankingTest {
  private static final List<String> FOLDER = List.of("checkpoints");

  @ParameterizedTest
  @CsvSource({
    // what the workflow says, what lies in the folder, why it is offered
    "sd15/sea.safetensors, sd15/sea.safetensors, SAME_PATH",
    "sd15\\sea.safetensors, sd15/sea.safetensors, SAME_PATH",
    "sd15/sea.safetensors, sd15\\sea.safetensors, SAME_PATH",
    "checkpoints/sd15/sea.safetensors, sd15/sea.safetensors, SAME_PATH",
    "D:\\ai\\models\\checkpoints\\sea.safetensors, sea.safetensors, SAME_PATH",
    "sd15/sea.safetensors, sdxl/sea.safetensors, SAME_NAME",
    "sea.safetensors, a/b/sea.safetensors, SAME_NAME",
    "Checkpoints/sea.safetensors, sea.safetensors, SAME_PATH",
    "ai/models/checkpoints/sea.safetensors, sea.safetensors, SAME_PATH",
    "archive/checkpoints/sea.safetensors, sea.safetensors, SAME_NAME",
    "sea_q4_k_m_scaled.gguf, sea.safetensors, VARIANT",
    "loras/sea.safetensors, sea.safetensors, SAME_NAME",
    "Sea.safetensors, sea.safetensors, OTHER_CASE",
    "sea.ckpt, sea.safetensors, OTHER_EXTENSION",
    "SEA.ckpt, x/sea.safetensors, OTHER_EXTENSION",
    "sea.safetensors, sea-fp16.safetensors, VARIANT",
    "sea_fp16.safetensors, sea.safetensors, VARIANT",
    "sea-fp16.safetensors, sea_fp8_e4m3fn.safetensors, VARIANT",
    "sea_fp8_e4m3fn_scaled.safetensors, sea_bf16.safetensors, VARIANT",
    "sea.safetensors, sea-Q4_K_M.gguf, VARIANT",
    "sea.safetensors, sea [1a2b3c4d5e].safetensors, VARIANT",
    "sea-1a2b3c4d.ckpt, sea.safetensors, VARIANT",
    "sea.safetensors, sea (1).safetensors, VARIANT",
    "v1-5-pruned-emaonly-fp16.safetensors, v1-5-pruned-emaonly.safetensors, VARIANT",
    "my sea.safetensors, my_sea.safetensors, VARIANT",
  })
  void offersForAReason(String wanted, String there, Reason reason) {
    assertThat(new Ranking(List.of("other.safetensors", there)).offers(wanted, FOLDER, Set.of()))
        .containsExactly(new Offer(there, reason));
  }

  @ParameterizedTest
  @CsvSource({
    "sea.safetensors, seal.safetensors",
    "sea.safetensors, sea-inpainting.safetensors",
    "sd_xl_base_1.0.safetensors, sd_xl_refiner_1.0.safetensors",
    "model-v1.safetensors, model-v2.safetensors",
    "wan2.1_t2v_14B.safetensors, wan2.2_t2v_14B.safetensors",
    "fp16.safetensors, fp8.safetensors",
    "'', sea.safetensors",
  })
  void doesNotOfferAnotherModel(String wanted, String there) {
    assertThat(new Ranking(List.of(there)).offers(wanted, FOLDER, Set.of())).isEmpty();
  }

  @Test
  void contentComesBeforeNames() {
    Ranking ranking = new Ranking(List.of("sea.safetensors", "renamed.safetensors"));
    assertThat(ranking.offers("sea.safetensors", FOLDER, Set.of("renamed.safetensors")))
        .containsExactly(
            new Offer("renamed.safetensors", Reason.SAME_CONTENT),
            new Offer("sea.safetensors", Reason.SAME_PATH));
  }

  @Test
  void contentOfAFileThatIsNotInTheFolderIsNotOffered() {
    assertThat(
            new Ranking(List.of("sea.safetensors"))
                .offers("x.safetensors", FOLDER, Set.of("gone.safetensors")))
        .isEmpty();
  }

  @Test
  void thatWithMoreOfThePathComesFirst() {
    Ranking ranking = new Ranking(List.of("z/sea.pt", "b/flux/sea.pt", "c/sd15/sea.pt"));
    assertThat(ranking.offers("a/sd15/sea.pt", FOLDER, Set.of()))
        .extracting(Offer::value)
        .containsExactly("c/sd15/sea.pt", "z/sea.pt", "b/flux/sea.pt");
  }

  @Test
  void aFileBelowAFolderOfTheSameNameKeepsIt() {
    Ranking ranking = new Ranking(List.of("checkpoints/sea.pt", "sea.pt"));
    assertThat(ranking.offers("checkpoints/sea.pt", FOLDER, Set.of()).get(0))
        .isEqualTo(new Offer("checkpoints/sea.pt", Reason.SAME_PATH));
  }

  @Test
  void oneSameNameIsCertainAndTwoAreNot() {
    assertThat(certain("sea.pt", "a/sea.pt")).contains(new Offer("a/sea.pt", Reason.SAME_NAME));
    assertThat(certain("sea.pt", "a/sea.pt", "b/sea.pt")).isEmpty();
    assertThat(certain("sea.pt", "a/sea.pt", "sea-fp16.pt")).isPresent();
  }

  @Test
  void suggestionsAreNeverCertain() {
    assertThat(certain("sea.pt", "Sea.pt")).isEmpty();
    assertThat(certain("sea.pt", "sea.safetensors")).isEmpty();
    assertThat(certain("sea.pt", "sea-fp16.pt")).isEmpty();
  }

  @Test
  void equalContentsAreOneModel() {
    Ranking ranking = new Ranking(List.of("a.pt", "b.pt"));
    assertThat(Ranking.certain(ranking.offers("x.pt", FOLDER, Set.of("a.pt", "b.pt"))))
        .contains(new Offer("a.pt", Reason.SAME_CONTENT));
  }

  @Test
  void nameOfTheFolderInTheMiddleOfAPathIsNotCertain() {
    assertThat(certain("archive/checkpoints/sea.pt", "sea.pt", "sub/sea.pt")).isEmpty();
    assertThat(certain("checkpoints/sea.pt", "sea.pt", "sub/sea.pt"))
        .contains(new Offer("sea.pt", Reason.SAME_PATH));
  }

  @Test
  void manyAdditionsAreNoAdditions() {
    for (String many : List.of("-fp16" + "-scaled".repeat(20_000) + "x", "-fp16".repeat(10_000))) {
      assertThat(new Ranking(List.of("sea.pt")).offers("sea" + many + ".pt", FOLDER, Set.of()))
          .isEmpty();
    }
  }

  @Test
  void offersAreFew() {
    List<String> many = IntStream.range(0, 500).mapToObj(i -> i + "/sea.pt").toList();
    assertThat(new Ranking(many).offers("sea.pt", FOLDER, Set.of())).hasSize(20);
  }

  private static java.util.Optional<Offer> certain(String wanted, String... there) {
    return Ranking.certain(new Ranking(List.of(there)).offers(wanted, FOLDER, Set.of()));
  }
}
