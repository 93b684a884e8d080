package dev.tidepool.harness.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tidepool.harness.FakeComfyUi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a test does when something is not as it should be. */
class WorkflowTestTest {
  @TempDir Path folder;
  private Path file;
  private FakeComfyUi server;
  private WorkflowTest test;

  @BeforeEach
  void start() throws IOException {
    server = new FakeComfyUi(folder);
    test =
        new WorkflowTest(
            server.api(),
            Optional.empty(),
            workflow -> {
              throw new OutOfMemoryError("as if it were large");
            });
    file = folder.resolve("a.json");
    Files.writeString(
        file, "{\"1\":{\"class_type\":\"PreviewAny\",\"inputs\":{\"source\":\"fine\"}}}");
  }

  @AfterEach
  void stop() {
    test.close();
    server.close();
  }

  private void golden(String text) throws IOException {
    Files.createDirectories(folder.resolve("a.golden"));
    Files.writeString(folder.resolve("a.golden/golden.json"), text);
  }

  @Test
  void anUpdateReplacesADamagedGolden() throws IOException {
    golden("{");
    Verdict before = test.test(file);
    assertThat(before.status()).isEqualTo(Verdict.Status.BROKEN);
    assertThat(before.hints()).singleElement().asString().contains("run with --update");
    assertThat(test.update(file, verdict -> {}).status()).isEqualTo(Verdict.Status.UPDATED);
    assertThat(test.test(file).status()).isEqualTo(Verdict.Status.SAME);
  }

  @Test
  void anUpdateReplacesNoGoldenOfANewerTidepool() throws IOException {
    golden("{\"format\":2}");
    assertThat(test.update(file, verdict -> {}).status()).isEqualTo(Verdict.Status.BROKEN);
    assertThat(folder.resolve("a.golden/golden.json")).hasContent("{\"format\":2}");
  }

  @Test
  void aRunThatTheHistoryDoesNotHaveIsNoRunWithoutOutputs() {
    server.forgetHistory();
    Verdict verdict = test.test(file);
    assertThat(verdict.status()).isEqualTo(Verdict.Status.BROKEN);
    assertThat(verdict.problem()).contains("history does not have");
  }

  @Test
  void aWorkflowThatNeedsTooMuchMemoryStopsNoOther() throws IOException {
    Files.writeString(file, "{\"nodes\":[]}");
    // JUnit would give up at this error itself.
    assertThatCode(() -> assertThat(test.test(file).status()).isEqualTo(Verdict.Status.BROKEN))
        .doesNotThrowAnyException();
  }
}
