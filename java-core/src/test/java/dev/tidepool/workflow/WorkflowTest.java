package dev.tidepool.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a workflow and what is none, and changes of single values. */
class WorkflowTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|it is empty",
        "` `|it is empty",
        "[]|it holds no object",
        "\"text\"|it holds no object",
        "7|it holds no object",
        "{}|it holds neither the nodes of the editor nor those of the API",
        "{\"1\":{\"x\":1},\"2\":[]}|it holds neither the nodes of the editor nor those of the API",
        "{\"nodes\":{}}|, line 1, column 10: its nodes are no list",
        "{\"nodes\":[7]}|, line 1, column 11: a node is no object",
        "{\"nodes\":[{\"id\":1}]}|, line 1, column 11: a node has no type",
        "{\"nodes\":[],\"definitions\":{\"subgraphs\":[1]}}|column 41: a subgraph is no object",
        "{\"1\":{\"inputs\":{}}}|, line 1, column 6: a node has no class_type",
        "{\"é\":{\"class_type\":[]}}|, line 1, column 20: a node's class_type is no text",
        "{\"1\":{\"class_type\":\"X\",\"inputs\":[]}}|, line 1, column 33: a node's inputs are no object",
        "{\"nodes\":[]|the file ends too early",
        "{\"nodes\":[]}{}|it is no JSON",
        "{\"nodes\":[]} x|it is no JSON",
        "{nodes:[]}|, line 1, column 2: it is no JSON",
        "hello|it is no JSON",
        "\u0089PNG|it is no JSON"
      })
  void whatIsNoWorkflowIsRefusedWithItsReason(String text, String reason) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("workflow-invalid"))
        .hasMessageStartingWith("Not a workflow: some.json")
        .hasMessageContaining(reason);
  }

  @Test
  void reasonNamesTheLine() {
    assertThatThrownBy(() -> parse("{\n \"nodes\": [\n  {\"type\": \"é\"}, 5\n]}"))
        .hasMessageContaining("some.json, line 3, column 18: a node is no object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"nodes\":", "{\"nodes\":[{\"type\":\"X\",\"widgets_values\":["})
  void deepNestingIsRefused(String opening) {
    String deep = opening.repeat(100_000);
    assertThatThrownBy(() -> parse(deep))
        .isInstanceOf(TidepoolException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void moreValuesThanThereCanBeAreRefused() {
    String many = "{\"nodes\":[" + "0,".repeat(2_000_000) + "0]}";
    assertThatThrownBy(() -> parse(many))
        .isInstanceOf(TidepoolException.class)
        .hasMessageContaining("too many");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE"})
  void otherEncodingsThanUtf8AreRefused(String encoding) {
    byte[] bytes = "{\"nodes\":[]}".getBytes(Charset.forName(encoding));
    assertThatThrownBy(() -> Workflow.parse(bytes, "some.json"))
        .isInstanceOf(TidepoolException.class)
        .hasMessageContaining("it is no JSON");
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> Workflow.read(folder.resolve("none.json")))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("file-not-found"))
        .hasMessageContaining("none.json");
  }

  @Test
  void changesOneValueAndNoOtherByte() throws IOException {
    String text =
        """
        { "nodes":[{"id": 1,"type":"VAELoader" , "widgets_values":["\\u00e9.pt", 1.0e+2]}],
         "links" : [] , "links": [], "id" : 1.00 }
        """;
    Path file = folder.resolve("some.json");
    Files.writeString(file, "\ufeff" + text);
    Workflow workflow = Workflow.read(file);
    JsonValue value = workflow.nodes().get(0).widgets().get(0).value();
    byte[] changed = workflow.withValues(Map.of(value, "b/\"c\".pt"));
    assertThat(new String(changed, StandardCharsets.UTF_8))
        .isEqualTo("\ufeff" + text.replace("\\u00e9.pt", "b/\\\"c\\\".pt"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"nodes\":[{\"type\":\"X\",\"widgets_values\":[\"a\"]}]}|\"é😀\"",
        "{\"nodes\":[{\"type\":\"X\",\"widgets_values\":[\"a\"],\"title\":\"\\u00e9\"}]}|"
            + "\"\\u00e9\\ud83d\\ude00\"",
        "{\"nodes\":[{\"type\":\"X\",\"widgets_values\":[\"a\"],\"title\":\"c:\\\\users\"}]}|\"é😀\"",
        "{\"nodes\":[{\"type\":\"X\",\"widgets_values\":[\"a\"],\"title\":\"ü\\u00e9\"}]}|\"é😀\""
      })
  void newTextIsSpelledAsTheFileSpellsOthers(String text, String spelled) {
    Workflow workflow = parse(text);
    JsonValue value = workflow.nodes().get(0).widgets().get(0).value();
    assertThat(new String(workflow.withValues(Map.of(value, "é😀")), StandardCharsets.UTF_8))
        .isEqualTo(text.replace("\"a\"", spelled));
  }

  @Test
  void valueWithinAnotherIsRefused() {
    Workflow workflow = parse("{\"nodes\":[{\"type\":\"X\",\"widgets_values\":[\"a\"]}]}");
    Map<JsonValue, String> edits = new LinkedHashMap<>();
    edits.put(workflow.json(), "all");
    edits.put(workflow.nodes().get(0).widgets().get(0).value(), "b");
    assertThatIllegalArgumentException().isThrownBy(() -> workflow.withValues(edits));
  }

  @Test
  void editReachesEveryCopyWithTheSameText() throws IOException {
    String nested = new String(Examples.bytes("subgraph-nested.json"), StandardCharsets.UTF_8);
    assertThat(moved("subgraph-nested.json", "UNETLoader", 0, "b.safetensors"))
        .isEqualTo(nested.replace("\"deep.safetensors\"", "\"b.safetensors\""));
    String primitive = new String(Examples.bytes("primitive.json"), StandardCharsets.UTF_8);
    assertThat(moved("primitive.json", "PrimitiveNode", 0, "b.safetensors"))
        .isEqualTo(primitive.replace("\"fed.safetensors\"", "\"b.safetensors\""));
    String group = new String(Examples.bytes("group-node.json"), StandardCharsets.UTF_8);
    assertThat(moved("group-node.json", "VAELoader", 0, "b.safetensors"))
        .isEqualTo(group.replace("\"vae.safetensors\"", "\"b.safetensors\""));
  }

  @Test
  void editLeavesCopiesWithAnotherText() throws IOException {
    String before = new String(Examples.bytes("subgraph-inputs.json"), StandardCharsets.UTF_8);
    assertThat(moved("subgraph-inputs.json", "VAELoader", 0, "b.safetensors"))
        .isEqualTo(before.replace("inner.safetensors", "b.safetensors"))
        .contains("first.safetensors", "kept.safetensors");
  }

  @Test
  void namedValuesAreChangedWithTheirTwins() {
    Workflow workflow =
        parse(
            "{\"nodes\":[{\"type\":\"X\",\"widgets_values\":[\"a\",\"a\"],"
                + "\"widgets_values_named\":{\"p\":\"a\",\"q\":\"a\"}}]}");
    JsonValue second = workflow.nodes().get(0).widget("q").orElseThrow().value();
    byte[] changed = workflow.withValues(workflow.withCopies(Map.of(second, "b")));
    assertThat(new String(changed, StandardCharsets.UTF_8))
        .contains("[\"a\",\"b\"]")
        .contains("{\"p\":\"a\",\"q\":\"b\"}");
  }

  @Test
  void namesFromElsewhereAreTakenUnlessTheFileContradicts() {
    String text =
        "{\"nodes\":[{\"type\":\"X\",\"widgets_values\":[\"a\",1]},"
            + "{\"type\":\"X\",\"inputs\":[{\"widget\":{\"name\":\"p\"}},{\"widget\":{\"name\":\"q\"}}],"
            + "\"widgets_values\":[\"a\",1]}]}";
    WidgetNames names = type -> List.of("file", "strength");
    assertThat(names(Workflow.parse(text.getBytes(StandardCharsets.UTF_8), "x", names)))
        .containsExactly("file strength", "p q");
    assertThat(names(parse(text))).containsExactly("p q", "p q");
  }

  @Test
  void subgraphsWithinSubgraphsWithoutEndAreFollowedInBoundedTime() {
    StringBuilder text =
        new StringBuilder("{\"nodes\":[{\"id\":1,\"type\":\"s0\"}],\"definitions\":");
    text.append("{\"subgraphs\":[");
    int deep = 300;
    for (int i = 0; i < deep; i++) {
      text.append(i == 0 ? "" : ",").append(level(i));
    }
    text.append("]}}");
    assertThat(parse(text.toString()).graphs()).hasSize(deep + 1);
  }

  /** A subgraph with two instances of the next, both shown by the one input. */
  private static String level(int i) {
    String next =
        "{\"id\":%d,\"type\":\"s%d\",\"inputs\":[{\"name\":\"x\",\"widget\":{\"name\":\"x\"},"
            + "\"link\":%d}],\"widgets_values\":[\"v\"]}";
    String link = "[%d,-10,0,%d,0,\"*\"]";
    return String.format(
        "{\"id\":\"s%d\",\"inputs\":[{\"name\":\"x\"}],\"nodes\":[%s,%s],\"links\":[%s,%s]}",
        i,
        String.format(next, 1, i + 1, 1),
        String.format(next, 2, i + 1, 2),
        String.format(link, 1, 1),
        String.format(link, 2, 2));
  }

  private static List<String> names(Workflow workflow) {
    return workflow.nodes().stream()
        .map(node -> node.widgets().stream().map(Widget::name).collect(Collectors.joining(" ")))
        .toList();
  }

  private static String moved(String example, String type, int index, String text)
      throws IOException {
    Workflow workflow = Examples.read(example);
    WorkflowNode node =
        workflow.nodes().stream()
            .filter(each -> each.type().equals(type))
            .findFirst()
            .orElseThrow();
    JsonValue place = node.widget(index).orElseThrow().value();
    byte[] changed = workflow.withValues(workflow.withCopies(Map.of(place, text)));
    return new String(changed, StandardCharsets.UTF_8);
  }

  private static Workflow parse(String text) {
    return Workflow.parse(text.getBytes(StandardCharsets.UTF_8), "some.json");
  }
}
