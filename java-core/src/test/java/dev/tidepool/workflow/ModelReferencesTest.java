package dev.tidepool.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.loader.Loaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** In the workflows here, single quotes stand for double ones. */
class ModelReferencesTest {
  private static final String SUBGRAPH =
      """
      {'id': 'inner', 'name': 'Loading', 'inputs': [{'name': 'ckpt_name', 'linkIds': [3]}],
       'nodes': [{'id': 5, 'type': 'CheckpointLoaderSimple', 'mode': 0, 'widgets_values': ['own.ckpt'],
                  'inputs': [{'name': 'ckpt_name', 'widget': {'name': 'ckpt_name'}, 'link': 3}]}],
       'links': [{'id': 3, 'origin_id': -10, 'origin_slot': 0, 'target_id': 5, 'target_slot': 0}]}
      """;

  private final Loaders loaders = Loaders.builtIn();

  @Test
  void eachInstanceHasTheValueThatItKeeps() {
    ModelReferences references =
        editor(
            "{'id': 1, 'type': 'inner', 'widgets_values': ['a.ckpt']},"
                + "{'id': 2, 'type': 'inner', 'widgets_values': ['b.ckpt']}",
            SUBGRAPH);

    assertThat(lines(references.all()))
        .containsExactly("inner/5 a.ckpt ACTIVE held by 1", "inner/5 b.ckpt ACTIVE held by 2");
    assertThat(lines(references.idle())).containsExactly("inner/5 own.ckpt ACTIVE");
  }

  @Test
  void instancesWithTheSameValueStandForThemselves() {
    ModelReferences references =
        editor(
            "{'id': 1, 'type': 'inner', 'widgets_values': ['a.ckpt']},"
                + "{'id': 2, 'type': 'inner', 'widgets_values': []},"
                + "{'id': 3, 'type': 'inner', 'widgets_values': []}",
            SUBGRAPH);

    assertThat(lines(references.all()))
        .containsExactly("inner/5 a.ckpt ACTIVE held by 1", "inner/5 own.ckpt ACTIVE");
    assertThat(references.idle()).isEmpty();
  }

  @Test
  void valueOfTheOutermostInstanceDecides() {
    String outer =
        """
        {'id': 'outer', 'name': 'Outer', 'inputs': [{'name': 'ckpt_name', 'linkIds': [9]}],
         'nodes': [{'id': 6, 'type': 'inner', 'mode': 4, 'widgets_values': ['middle.ckpt'],
                    'inputs': [{'name': 'ckpt_name', 'widget': {'name': 'ckpt_name'}, 'link': 9}]}],
         'links': [{'id': 9, 'origin_id': -10, 'origin_slot': 0, 'target_id': 6, 'target_slot': 0}]}
        """;
    ModelReferences references =
        editor(
            "{'id': 1, 'type': 'outer', 'widgets_values': ['a.ckpt']},"
                + "{'id': 2, 'type': 'outer', 'mode': 2},"
                + "{'id': 3, 'type': 'inner'}",
            SUBGRAPH + "," + outer);

    assertThat(lines(references.all()))
        .containsExactly(
            "inner/5 a.ckpt BYPASSED held by 1",
            "inner/5 own.ckpt ACTIVE",
            "inner/5 middle.ckpt MUTED held by 6");
    assertThat(references.idle()).isEmpty();
  }

  @Test
  void definitionThatNothingUsesNeedsNothing() {
    ModelReferences references = editor("{'id': 1, 'type': 'KSampler'}", SUBGRAPH);

    assertThat(references.all()).isEmpty();
    assertThat(lines(references.idle())).containsExactly("inner/5 own.ckpt ACTIVE");
  }

  @Test
  void definitionsThatContainEachOtherEnd() {
    String a = "{'id': 'a', 'nodes': [{'id': 1, 'type': 'b'}, " + loader(2, "x.ckpt") + "]}";
    String b = "{'id': 'b', 'nodes': [{'id': 1, 'type': 'a'}]}";

    assertThat(editor("{'id': 1, 'type': 'KSampler'}", a + "," + b).all()).isEmpty();
    assertThat(lines(editor("{'id': 1, 'type': 'a'}", a + "," + b).all()))
        .containsExactly("a/2 x.ckpt ACTIVE");
  }

  /** Every definition holds two of the next: a million ways lead to the one loader. */
  @Test
  void waysThatMultiplyAreNotWalkedOneByOne() {
    StringBuilder definitions =
        new StringBuilder("{'id': 's40', 'nodes': [" + loader(1, "x.ckpt") + "]}");
    for (int i = 0; i < 40; i++) {
      String next = "{'id': %d, 'type': 's" + (i + 1) + "'}";
      definitions.append(
          ",{'id': 's" + i + "', 'nodes': [" + next.formatted(1) + "," + next.formatted(2) + "]}");
    }
    Assertions.assertThatNoException()
        .isThrownBy(
            () ->
                org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () ->
                        assertThat(
                                lines(
                                    editor("{'id': 1, 'type': 's0'}", definitions.toString())
                                        .all()))
                            .containsExactly("s40/1 x.ckpt ACTIVE")));
  }

  @Test
  void valueThatAnOutputReplacesDoesNotCount() {
    ModelReferences references =
        parse(
            "{'nodes': [{'id': 1, 'type': 'Chooser', 'widgets_values': []}, {'id': 2, 'type':"
                + " 'CheckpointLoaderSimple', 'widgets_values': ['x.ckpt'], 'inputs': [{'name':"
                + " 'ckpt_name', 'widget': {'name': 'ckpt_name'}, 'link': 7}]}], 'links': [[7, 1,"
                + " 0, 2, 0, 'COMBO']]}");

    assertThat(references.all()).isEmpty();
    assertThat(references.idle()).isEmpty();
  }

  @Test
  void virtualValuesAreNoReferences() {
    assertThat(
            editor(
                    "{'id': 1, 'type': 'VAELoader', 'widgets_values': ['pixel_space']},"
                        + "{'id': 2, 'type': 'LoraLoader', 'widgets_values': ['None', 1, 1]},"
                        + "{'id': 3, 'type': 'CheckpointLoaderSimple', 'widgets_values': [null]},"
                        + "{'id': 4, 'type': 'CheckpointLoaderSimple', 'widgets_values': [7]},"
                        + "{'id': 5, 'type': 'CheckpointLoaderSimple'}",
                    "")
                .all())
        .isEmpty();
  }

  @Test
  void apiFormatNamesItsInputs() {
    ModelReferences references =
        parse(
            "{'3': {'class_type': 'CheckpointLoader', 'inputs': {'ckpt_name': 'x.ckpt',"
                + " 'config_name': 'v1.yaml'}}, '4': {'class_type': 'VAELoader', 'inputs':"
                + " {'vae_name': ['3', 2]}}}");

    assertThat(references.all())
        .extracting(reference -> reference.folder() + "/" + reference.value())
        .containsExactly("configs/v1.yaml", "checkpoints/x.ckpt");
  }

  @Test
  void unknownNodesAreReportedApart() {
    ModelReferences references =
        editor(
            "{'id': 1, 'type': 'Power Lora Loader', 'widgets_values': [{'on': true, 'lora':"
                + " 'styles/ink.safetensors'}, 'https://example.org/x.safetensors', 'prompt']},"
                + "{'id': 2, 'type': 'CLIPTextEncode', 'widgets_values': ['of x.safetensors']},"
                + "{'id': 3, 'type': 'Note', 'widgets_values': ['x.safetensors']},"
                + "{'id': 4, 'type': 'UnetLoaderGGUF', 'mode': 2, 'widgets_values': ['q4.gguf']}",
            "");

    assertThat(references.all()).isEmpty();
    assertThat(references.unknown())
        .extracting(model -> model.node().id() + " " + model.widget() + " " + model.value())
        .containsExactly("1 0 styles/ink.safetensors", "4 0 q4.gguf");
    assertThat(references.unknown().get(1).mode()).isEqualTo(NodeMode.MUTED);
  }

  @Test
  void unknownNodesShowTheValuesOfInstancesToo() {
    String definition = SUBGRAPH.replace("CheckpointLoaderSimple", "UnetLoaderGGUF");
    String instance = "{'id': 1, 'type': 'inner', 'widgets_values': ['q4.gguf']}";
    String bare = definition.replace("'widgets_values': ['own.ckpt'],", "");

    for (String each : List.of(definition, bare)) {
      assertThat(editor(instance, each).unknown())
          .as(each)
          .extracting(
              model -> model.node().scope().id() + " " + model.widget() + " " + model.value())
          .containsExactly("inner ckpt_name q4.gguf");
    }
  }

  @Test
  void urlComesFromWhatIsDeclaredForTheSameFolder() {
    String models =
        "[{'name': 'x.ckpt', 'url': 'https://a.example/wrong', 'directory': 'loras'},"
            + "{'name': 'x.ckpt', 'url': 'https://a.example/right', 'directory': 'checkpoints'}]";
    ModelReferences references =
        editor(
            "{'id': 1, 'type': 'CheckpointLoaderSimple', 'widgets_values': ['sub/x.ckpt'],"
                + " 'properties': {'models': "
                + models
                + "}}, "
                + loader(2, "y.ckpt"),
            "");

    assertThat(references.all().get(0).declared().orElseThrow().url())
        .isEqualTo("https://a.example/right");
    assertThat(references.all().get(1).declared()).isEmpty();
  }

  private static String loader(int id, String value) {
    return "{'id': %d, 'type': 'CheckpointLoaderSimple', 'widgets_values': ['%s']}"
        .formatted(id, value);
  }

  private ModelReferences editor(String nodes, String definitions) {
    return parse(
        "{'nodes': ["
            + nodes
            + "], 'links': [], 'definitions': {'subgraphs': ["
            + definitions
            + "]}}");
  }

  private ModelReferences parse(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ModelReferences.of(Workflow.parse(bytes, "test", loaders::widgetNames), loaders);
  }

  private static List<String> lines(List<ModelReference> references) {
    return references.stream()
        .map(
            reference ->
                reference.node().scope().id()
                    + "/"
                    + reference.node().id()
                    + " "
                    + reference.value()
                    + " "
                    + reference.mode()
                    + reference.holder().map(holder -> " held by " + holder.id()).orElse(""))
        .toList();
  }
}
