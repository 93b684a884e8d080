package dev.tidepool.harness.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.harness.FakeComfyUi;
import dev.tidepool.harness.golden.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the other workflows when one breaks the server. */
class TestbedTest {
  private static final String FINE =
      "{\"1\":{\"class_type\":\"PreviewAny\",\"inputs\":{\"source\":\"fine\"}}}";

  @TempDir Path folder;
  private FakeComfyUi server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeComfyUi(folder);
    Files.writeString(folder.resolve("fine.json"), FINE);
    Files.writeString(folder.resolve("endless.json"), FINE.replace("fine", "endless"));
    Files.writeString(folder.resolve("endless.test.json"), "{\"time_limit_seconds\": 0.1}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Testbed own() {
    ServerSource.Connected connected =
        new ServerSource.Connected(server.api(), Optional.of(server));
    return new Testbed(
        connected,
        workflow -> {
          throw new IllegalStateException("nothing to convert");
        });
  }

  private Verdict.Status status(Testbed bed, String workflow) {
    return bed.test().test(folder.resolve(workflow)).status();
  }

  private CommandRun run(String... workflows) {
    String[] arguments = java.util.Arrays.copyOf(workflows, workflows.length + 2);
    arguments[workflows.length] = "--url";
    arguments[workflows.length + 1] = server.address().toString();
    return CommandRun.in(folder, arguments);
  }

  @Test
  void startsAServerAgainThatHeedsNoStop() {
    server.hangOn("endless", false);
    try (Testbed bed = own()) {
      assertThat(status(bed, "endless.json")).isEqualTo(Verdict.Status.BROKEN);
      bed.mend();
      assertThat(server.requests()).containsSubsequence("kill", "start");
      assertThat(status(bed, "fine.json")).isEqualTo(Verdict.Status.MISSING);
    }
  }

  @Test
  void goesOnWithAServerThatHeedsTheStop() {
    server.hangOn("endless", true);
    try (Testbed bed = own()) {
      assertThat(status(bed, "endless.json")).isEqualTo(Verdict.Status.BROKEN);
      bed.mend();
      assertThat(server.requests()).doesNotContain("kill", "start");
      assertThat(status(bed, "fine.json")).isEqualTo(Verdict.Status.MISSING);
    }
  }

  @Test
  void saysThatTheServerDoesNotStartAgain() {
    server.hangOn("endless", false);
    server.startNoMore();
    try (Testbed bed = own()) {
      assertThat(status(bed, "endless.json")).isEqualTo(Verdict.Status.BROKEN);
      assertThatThrownBy(bed::mend)
          .isInstanceOf(CommandException.class)
          .hasMessage("ComfyUI did not start again: ComfyUI ended with exit code 1");
    }
  }

  @Test
  void connectsAgainAfterALostConnection() {
    server.hangUp();
    CommandRun run = run("fine.json", "endless.json");
    assertThat(run.lines())
        .contains("BROKEN     fine.json", "NO GOLDEN  endless.json", "2 workflows: ");
    server.hangUp();
    try (Testbed bed = own()) {
      assertThat(status(bed, "fine.json")).isEqualTo(Verdict.Status.BROKEN);
      bed.mend();
      assertThat(status(bed, "fine.json")).isEqualTo(Verdict.Status.MISSING);
    }
  }

  @Test
  void saysThatTheServerOfOthersIsStillBusy() throws IOException {
    server.hangOn("endless", false);
    CommandRun run = run("endless.json", "fine.json");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.lines())
        .contains("BROKEN     endless.json", "1 workflow: 1 broken")
        .doesNotContain("fine.json");
    assertThat(run.err())
        .contains("error: The server at " + server.address() + " is still busy with a workflow");
    assertThat(run.report("report.json")).contains("\"workflow\" : \"endless.json\"");
    assertThat(server.requests()).doesNotContain("kill", "start");
  }

  @Test
  void leavesNoTraceOfAStoppedWorkflowOnTheServerOfOthers() {
    server.hangOn("endless", true);
    assertThat(run("endless.json").lines()).contains("BROKEN     endless.json");
    String stopped =
        server.requests().stream()
            .filter(request -> request.startsWith("POST /interrupt"))
            .map(request -> request.replaceFirst(".*:\"(p\\d+)\".*", "$1"))
            .findFirst()
            .orElseThrow();
    assertThat(server.requests())
        .containsSubsequence(
            "POST /interrupt {\"prompt_id\":\"" + stopped + "\"}",
            "GET /queue",
            "POST /history {\"delete\":[\"" + stopped + "\"]}");
  }
}
