package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.environment.Environment;
import dev.tidepool.history.Identity;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  @TempDir Path folder;

  @Test
  void theJvmLearnsAnImportToItsEnd() {
    train("bundles");
    Path arrived = folder.resolve("home").resolve("environments").resolve("arrived");
    assertThat(arrived.resolve(".cec").resolve(".complete")).exists();
    assertThat(arrived.resolve("ComfyUI/user/default/workflows/workflow.json")).exists();
  }

  @Test
  void theJvmLearnsToGoBackAndForth() {
    train("versions");
    assertThat(folder.resolve("home/environments/training/.tidepool/trash")).isDirectory();
    assertThat(versions("other")).isEqualTo(3);
  }

  @Test
  void theJvmLearnsToAddANodePackThatIsInTheCache() {
    train("nodes");
    assertThat(folder.resolve("home/environments/training/ComfyUI/custom_nodes/training-pack"))
        .isDirectory();
  }

  @Test
  void theJvmLearnsWhatIsDoneWithPools() throws IOException {
    train("pools");
    assertThat(folder.resolve("ocean.zip")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("base/profiles.json"))).contains("Ocean (2)");
  }

  @Test
  void theJvmLearnsToIndexModelsAndNothingAboutEnvironments() {
    train("models");
    assertThat(folder.resolve("home/comfydock_cache/models.db")).isNotEmptyFile();
    assertThat(folder.resolve("home/environments")).isEmptyDirectory();
  }

  @Test
  void theJvmLearnsWhatManyCommandsDo() {
    train("environments");
    assertThat(folder.resolve("fresh/.metadata/workspace.json")).exists();
    assertThat(folder.resolve("home/environments/training")).doesNotExist();
  }

  private long versions(String name) {
    Environment environment =
        new Environment(
            name,
            folder.resolve("home/environments").resolve(name),
            new StoreLocks(),
            Clock.systemUTC());
    return environment.history(new Identity("test", "test@localhost")).versions(10).size();
  }

  private void train(String kind) {
    step("prepare", kind);
    step("learn", kind);
  }

  private void step(String step, String kind) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Training.class.getName(),
            folder.toString(),
            step,
            kind);
    Ended ended =
        new ProcessRunner(System.getenv(), folder.resolve("log")).run(Job.in(folder, command));
    assertThat(ended.succeeded()).as(String.join("\n", ended.lines())).isTrue();
  }
}
