package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  @TempDir Path folder;

  @Test
  void theJvmLearnsAnImportToItsEnd() {
    train("environments");
    Path arrived = folder.resolve("home").resolve("environments").resolve("arrived");
    assertThat(arrived.resolve(".cec").resolve(".complete")).exists();
    assertThat(arrived.resolve("ComfyUI/user/default/workflows/workflow.json")).exists();
  }

  @Test
  void theJvmLearnsToIndexModelsAndNothingAboutEnvironments() {
    train("models");
    assertThat(folder.resolve("home/comfydock_cache/models.db")).isNotEmptyFile();
    assertThat(folder.resolve("home/environments")).doesNotExist();
  }

  private void train(String kind) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Training.class.getName(),
            folder.toString(),
            kind);
    Ended ended =
        new ProcessRunner(System.getenv(), folder.resolve("log")).run(Job.in(folder, command));
    assertThat(ended.succeeded()).as(String.join("\n", ended.lines())).isTrue();
  }
}
