package dev.tidepool.workflow;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.NodeFacts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

  /** As the editor's page makes the prompt: the widget's value first, then what a link brings. */
  @Test
  void nodeThatGivesNothingLeavesTheWidgetItsValue() {
    String graph =
        "{'nodes': [{'id': 1, 'type': 'Chooser', 'outputs': [{'type': 'COMBO'}]}, {'id': 3, 'type':"
            + " 'Pass', 'mode': MODE, 'inputs': [{'type': 'IMAGE', 'link': 8}, {'type': 'INPUT',"
            + " 'link': 9}], 'outputs': [{'type': 'COMBO'}]}, {'id': 2, 'type':"
            + " 'CheckpointLoaderSimple', 'widgets_values': ['x.ckpt'], 'inputs': [{'name':"
            + " 'ckpt_name', 'widget': {'name': 'ckpt_name'}, 'link': 7}]}], 'links': [[7, 3, 0, 2,"
            + " 0, 'COMBO'], [9, 1, 0, 3, 1, 'COMBO']]}";
    String passing = graph.replace("INPUT", "COMBO");
    String circle = passing.replace("[9, 1,", "[9, 3,");

    assertThat(parse(graph.replace("MODE", "0")).all()).isEmpty();
    assertThat(lines(parse(graph.replace("MODE", "2")).all())).containsExactly("/2 x.ckpt ACTIVE");
    assertThat(lines(parse(graph.replace("MODE", "4")).all())).containsExactly("/2 x.ckpt ACTIVE");
    assertThat(parse(passing.replace("MODE", "4")).all()).isEmpty();
    assertThat(lines(parse(circle.replace("MODE", "4")).all())).containsExactly("/2 x.ckpt ACTIVE");
  }

  @Test
  void ofFieldsWithOneNameTheLastCounts() {
    assertThat(
            lines(
                parse(
                        "{'1': {'class_type': 'CheckpointLoaderSimple', 'inputs': {'ckpt_name':"
                            + " 'no.ckpt'}}, '1': {'class_type': 'CheckpointLoaderSimple',"
                            + " 'inputs': {'ckpt_name': 'first.ckpt', 'ckpt_name': 'last.ckpt'}}}")
                    .all()))
        .containsExactly("/1 last.ckpt ACTIVE");
    assertThat(
            lines(
                editor(
                        "{'id': 1, 'type': 'CheckpointLoaderSimple', 'widgets_values':"
                            + " {'ckpt_name': 'first.ckpt', 'ckpt_name': 'last.ckpt'}}",
                        "")
                    .all()))
        .containsExactly("/1 last.ckpt ACTIVE");
  }

  /** Each of these took minutes when it was looked through once for each name. */
  @Test
  void hostileListsOfShownWidgetsEnd() {
    String prefixes = "1:".repeat(200_000) + "ckpt_name";
    String many =
        IntStream.range(0, 20_000).mapToObj(i -> "['5', 'n" + i + "']").collect(joining(","));
    String values = IntStream.range(0, 20_000).mapToObj(i -> "'v'").collect(joining(","));
    String inner = "{'id': 'inner', 'nodes': [" + loader(5, "x.ckpt") + "]}";
    String middle =
        "{'id': 'inner', 'nodes': [{'id': 5, 'type': 'deep', 'properties': {'proxyWidgets': '["
            + many.replace("'", "\\\"")
            + "]'}}]}, {'id': 'deep', 'nodes': [{'id': 5, 'type': 'Other', 'widgets_values': {"
            + many.replaceAll("\\['5', ('n\\d+')\\]", "$1: 'w'")
            + "}}]}";

    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          assertThat(lines(editor(shows("['5', '" + prefixes + "']", "'y.ckpt'"), inner).all()))
              .containsExactly("inner/5 y.ckpt ACTIVE held by 1");
          assertThat(editor(shows(many, values), middle).all()).isEmpty();
        });
  }

  private static String shows(String shown, String values) {
    return "{'id': 1, 'type': 'inner', 'properties': {'proxyWidgets': ["
        + shown
        + "]}, 'widgets_values': ["
        + values
        + "]}";
  }

  @Test
  void inputOfACustomNodeThatListsNoFolderMayNameAModel() {
    byte[] info =
        ("{'Custom': {'input': {'required': {'lora': [['a.ckpt', 'b.ckpt'], {}], 'model': ['STRING',"
                + " {}]}}}, 'CLIPTextEncode': {'input': {'required': {'text': ['STRING', {}]}}}}")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);
    Loaders told =
        NodeFacts.told(info, Map.of(), Map.of("loras", List.of("a.ckpt", "b.ckpt")))
            .refine(loaders);
    byte[] json =
        ("{'nodes': [{'id': 1, 'type': 'Custom', 'widgets_values': ['a.ckpt', 'x.gguf']}, {'id': 2,"
                + " 'type': 'CLIPTextEncode', 'widgets_values': ['y.gguf']}]}")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);
    ModelReferences references =
        ModelReferences.of(Workflow.parse(json, "test", told::widgetNames), told);

    assertThat(lines(references.all())).containsExactly("/1 a.ckpt ACTIVE");
    assertThat(references.unknown())
        .extracting(model -> model.node().id() + " " + model.widget() + " " + model.value())
        .containsExactly("1 model x.gguf");
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
