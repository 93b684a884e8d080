package dev.tidepool.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads every example. What is understood stands beside it; {@code mvn test
 * -Dtests.options=-Dworkflows=write} writes that anew.
 */
class ExamplesTest {
  @ParameterizedTest
  @MethodSource("dev.tidepool.workflow.Examples#names")
  void everythingInTheExampleIsUnderstood(String name) throws IOException {
    Path file = Examples.FOLDER.resolve(name.replace(".json", ".txt"));
    String understood = Description.of(Examples.read(name), Examples.bytes(name));
    if ("write".equals(System.getProperty("workflows"))) {
      Files.writeString(file, understood);
    }
    assertThat(understood).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @MethodSource("dev.tidepool.workflow.Examples#names")
  void writingTheSameTextsChangesNoByte(String name) throws IOException {
    Workflow workflow = Examples.read(name);
    Map<JsonValue, String> same = new HashMap<>();
    for (JsonValue text : Examples.texts(workflow.json())) {
      same.put(text, text.text().orElseThrow());
    }
    assertThat(same).isNotEmpty();
    assertThat(workflow.withValues(same)).isEqualTo(Examples.bytes(name));
    assertThat(workflow.withValues(Map.of())).isEqualTo(Examples.bytes(name));
  }

  @ParameterizedTest
  @MethodSource("dev.tidepool.workflow.Examples#names")
  void differsInNothingFromItself(String name) throws IOException {
    assertThat(WorkflowDiff.of(Examples.read(name), Examples.read(name), true)).isEmpty();
  }
}
