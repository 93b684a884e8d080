package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about workflows, on files. */
class WorkflowCommandsTest {
  private static final String SAMPLER =
      "{\"nodes\":[{\"id\":3,\"type\":\"KSampler\",\"widgets_values\":"
          + "[1,\"fixed\",%s,8,\"euler\",\"normal\",1]}%s],\"links\":[]}";

  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.createDirectories(folder.resolve("sub/.git"));
    write("old.json", String.format(SAMPLER, "20", ",{\"id\":4,\"type\":\"VAEDecode\"}"));
    write("sub/new.json", String.format(SAMPLER, "25", ",{\"id\":5,\"type\":\"VAEDecodeTiled\"}"));
    write("sub/list.json", "[]");
    write("sub/api.json", "{\"1\":{\"class_type\":\"X\",\"inputs\":{}}}");
    write("sub/.git/hidden.json", "{\"nodes\":[]}");
    write("sub/other.txt", "{\"nodes\":[]}");
    write("sub/.index.json", "{\"favorites\":[]}");
  }

  @Test
  void listFindsWorkflowsBelowAndSaysWhatIsNone() {
    Session.Run run = new Session(folder).run("workflow list");
    assertThat(run.out())
        .containsExactly(
            "FORMAT  NODES  SUBGRAPHS  FILE",
            "editor  2      0          old.json",
            "api     1      0          sub/api.json",
            "editor  2      0          sub/new.json");
    assertThat(run.err())
        .containsExactly(
            "Not a workflow: HERE/sub/list.json: it holds no object.",
            "hint: A workflow is what ComfyUI's menu saves with \"Save\" or \"Export (API)\".");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void listAsJsonHoldsBoth() {
    Session.Run run = new Session(folder).run("workflow list sub/api.json sub/list.json --json");
    assertThat(run.out())
        .singleElement()
        .asString()
        .startsWith(
            "{\"workflows\":[{\"file\":\"HERE/sub/api.json\",\"format\":\"api\",\"nodes\":1,"
                + "\"subgraphs\":0}],\"others\":[{\"file\":\"HERE/sub/list.json\",\"error\":"
                + "{\"code\":\"workflow-invalid\",");
  }

  @Test
  void diffNamesNodesAndWidgets() {
    Session session = new Session(folder);
    Session.Run run = session.run("workflow diff old.json sub/new.json");
    assertThat(run.out())
        .containsExactly("- VAEDecode 4", "+ VAEDecodeTiled 5", "~ KSampler 3: steps 20 -> 25");
    assertThat(run.exitCode()).isZero();
    assertThat(session.run("workflow diff old.json sub/new.json --exit-code").exitCode())
        .isEqualTo(ExitCode.FAILURE);
  }

  @Test
  void diffOfOneFileWithItselfSaysSo() {
    Session.Run run = new Session(folder).run("workflow diff old.json old.json --exit-code");
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).containsExactly("No differences.");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void diffAsJsonKeepsTheKindsOfValues() throws IOException {
    write("third.json", String.format(SAMPLER, "[NaN,{\"a\":\"b\"}]", ""));
    write("fourth.json", String.format(SAMPLER, "null", ""));
    Session.Run run = new Session(folder).run("workflow diff third.json fourth.json --json");
    assertThat(run.out())
        .containsExactly(
            "{\"changes\":[{\"kind\":\"widget\",\"subgraph\":\"\",\"subgraphName\":\"\","
                + "\"node\":\"3\",\"type\":\"KSampler\",\"name\":\"steps\","
                + "\"before\":[\"NaN\",{\"a\":\"b\"}],\"after\":null}]}");
  }

  @Test
  void diffIsColouredForPeople() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal = new Session(folder).terminal(out, new ByteArrayOutputStream(), true);
    new Dispatcher(terminal).run("workflow", "diff", "old.json", "sub/new.json");
    terminal.flush();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\u001b[31m- VAEDecode 4\u001b[0m", "\u001b[32m+ VAEDecodeTiled 5\u001b[0m");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
