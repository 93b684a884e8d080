package dev.tidepool.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares an example with itself after one change of its text. */
class WorkflowDiffTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "editor-list.json|\"euler\", \"karras\"|\"heun\", \"karras\"|WIDGET 3 sampler_name euler heun",
        "editor-list.json|[5, \"fixed\"]|[6, \"fixed\"]|WIDGET 4 [0] 5 6",
        "editor-list.json|1.0e0|1|",
        "editor-list.json|[42, |[43, |",
        "editor-list.json|\"mode\": 4|\"mode\": 0|MODE 2  bypassed active",
        "editor-list.json|Meer \\u00fc|Meer|TITLE 1  Meer ü Meer",
        "editor-list.json|[1, 1, 0, 2, 0, \"MODEL\"], ||LINK 2 model 1.MODEL -",
        "editor-list.json|someone/pack|other/pack|",
        "editor-list.json|/sd15.safetensors\"|/x.safetensors\"|PROPERTY 1 models OBJECTS OBJECTS",
        "editor-list.json|\"id\": 5, \"type\": \"Note\"|\"id\": 50, \"type\": \"Note\"|",
        "editor-list.json|\"type\": \"Note\"|\"type\": \"MarkdownNote\"|TYPE 5  Note MarkdownNote",
        "editor-list.json|\"pos\": [0, 0]|\"pos\": [0, 9]|",
        "editor-one.json|\"rate\": 8|\"rate\": 9|",
        "editor-one.json|h264|h265|WIDGET b format video/h264-mp4 video/h265-mp4",
        "subgraph-inputs.json|\"target_id\": -20|\"target_id\": -99|LINK  VAE 2.VAE -",
        "subgraph-inputs.json|[512, 512, 1]|[512, 512, 2]|WIDGET 3 batch_size 1 2",
        "subgraph-inputs.json|11111111-aaaa|22222222-bbbb|",
        "subgraph-inputs.json|\"name\": \"Load & size\"|\"name\": \"Load\"|SUBGRAPH   Load & size Load",
        "subgraph-inputs.json|\"type\": \"VAE\"}]|\"type\": \"VAE\", \"label\": \"out\"}]|OUTPUT  out VAE: VAE out: VAE",
        "subgraph-inputs.json|\"IMAGE\", \"linkIds\"|\"MASK\", \"linkIds\"|INPUT  image image: IMAGE image: MASK",
        "api.json|NaN|8.0|WIDGET 3:1 cfg NaN 8.0",
        "api.json|[\"4\", 0]|[\"4\", 1]|LINK 3:1 model 4.0 4.1",
        "api.json|\"9\": {|\"10\": {|"
      })
  void oneChangeIsOneDifference(String name, String old, String now, String expected)
      throws IOException {
    String text = new String(Examples.bytes(name), StandardCharsets.UTF_8);
    String changed = text.replace(old, now == null ? "" : now);
    List<String> lines =
        WorkflowDiff.of(parse(text), parse(changed), false).stream()
            .map(WorkflowDiffTest::line)
            .toList();
    assertThat(lines).isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void layoutCountsWhenItIsAskedFor() throws IOException {
    String text = new String(Examples.bytes("editor-list.json"), StandardCharsets.UTF_8);
    String changed =
        text.replace("\"pos\": [0, 0]", "\"pos\": [0, 9]")
            .replace("\"id\": 5, \"type\": \"Note\"", "\"id\": 50, \"type\": \"Note\"")
            .replace("[0, 0, 10, 10]", "[0, 0, 10, 20]");
    assertThat(
            WorkflowDiff.of(parse(text), parse(changed), true).stream()
                .map(change -> change.kind() + " " + change.node() + " " + change.name()))
        .containsExactly("LAYOUT 1 pos", "LAYOUT 50 id", "GROUP  Load");
  }

  @Test
  void wholeNodesAndSubgraphsComeAndGo() throws IOException {
    Workflow one = Examples.read("subgraph-inputs.json");
    Workflow other = Examples.read("editor-one.json");
    assertThat(WorkflowDiff.of(one, other, false).stream().map(WorkflowDiffTest::line))
        .containsExactly(
            "NODE 10   -",
            "NODE 11   -",
            "NODE 12   -",
            "NODE a  - ",
            "NODE b  - ",
            "NODE c  - ",
            "SUBGRAPH   Load & size -");
  }

  @Test
  void formatsCannotBeMixed() throws IOException {
    Workflow editor = Examples.read("editor-one.json");
    Workflow api = Examples.read("api.json");
    assertThatThrownBy(() -> WorkflowDiff.of(editor, api, false))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> assertThat(e.code()).isEqualTo("workflow-formats-differ"));
  }

  private static String line(WorkflowChange change) {
    return String.join(
        " ",
        change.kind().name(),
        change.node(),
        change.name(),
        text(change.before()),
        text(change.after()));
  }

  private static String text(@Nullable JsonValue value) {
    return value == null ? "-" : value.text().orElse("OBJECTS");
  }

  private static Workflow parse(String text) {
    return Workflow.parse(text.getBytes(StandardCharsets.UTF_8), "some.json");
  }
}
