package dev.tidepool.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads workflows in both formats, and changes single values of them. */
class WorkflowTest {
  @Test
  void changesOneValueAndNoOtherByte() {
    String text =
        """
        { "nodes":[{"id": 1,"type":"VAELoader" , "widgets_values":["\\u00e9.pt", 1.0e+2]}],
         "links" : [] }
        """;
    Workflow workflow = Workflow.parse(text.getBytes(StandardCharsets.UTF_8), "x.json");
    JsonValue value = workflow.nodes().get(0).widgets().get(0).value();
    byte[] changed = workflow.withValues(Map.of(value, "b/\"c\".pt"));
    assertThat(new String(changed, StandardCharsets.UTF_8))
        .isEqualTo(text.replace("\\u00e9.pt", "b/\\\"c\\\".pt"));
  }
}
