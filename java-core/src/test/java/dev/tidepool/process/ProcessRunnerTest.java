package dev.tidepool.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidepool.error.TidepoolException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRunnerTest {
  @TempDir Path folder;
  private ProcessRunner runner;

  @BeforeEach
  void makeRunner() {
    runner =
        new ProcessRunner(
            Map.of("PATH", System.getenv("PATH"), "GIVEN", "yes", "TAKEN", "no"),
            folder.resolve("logs/run.log"));
  }

  @Test
  void linesAreHeardAndLogged() {
    List<String> heard = new ArrayList<>();
    Ended ended = runner.run(shell("echo one; echo two >&2; exit 7"), heard::add);
    assertThat(ended.exitCode()).isEqualTo(7);
    assertThat(heard).containsExactly("one", "two").isEqualTo(ended.lines());
    assertThat(runner.log()).content().contains("$ sh -c", "one\ntwo\n");
  }

  @Test
  void programSeesOnlyItsEnvironment() {
    Ended ended =
        runner.run(
            shell("echo $GIVEN/$TAKEN/$MORE/$HOME").with(Map.of("TAKEN", "", "MORE", "too")));
    assertThat(ended.lines()).containsExactly("yes//too/");
  }

  @Test
  void passwordsAreNeitherShownNorLogged() {
    Ended ended = runner.run(shell("echo https://ann:secret@index.example/simple"));
    assertThat(ended.lines()).containsExactly("https://***@index.example/simple");
    assertThat(runner.log()).content().doesNotContain("secret");
  }

  @Test
  void missingProgramIsNamed() {
    Job job = Job.in(folder, List.of(folder.resolve("nothing").toString()));
    assertThatExceptionOfType(TidepoolException.class)
        .isThrownBy(() -> runner.run(job))
        .satisfies(e -> assertThat(e.code()).isEqualTo("program-unusable"))
        .withMessageContaining("nothing");
  }

  @Test
  void interruptEndsTheProgramWithAllThatItStarted() throws Exception {
    List<Long> processes = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(2);
    CompletableFuture<String> code = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                runner.run(
                    shell("trap '' TERM; sleep 1000 & echo $!; echo $$; wait"),
                    line -> {
                      processes.add(Long.parseLong(line));
                      started.countDown();
                    });
                code.complete("no error");
              } catch (TidepoolException e) {
                code.complete(e.code() + Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    started.await();
    thread.interrupt();
    assertThat(code.get()).isEqualTo("stoppedtrue");
    for (long process : processes) {
      ProcessHandle.of(process).ifPresent(handle -> handle.onExit().join());
    }
  }

  @Test
  void listenerThatFailsEndsTheProgram() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                runner.run(
                    shell("echo one; exec sleep 1000"),
                    line -> {
                      throw new IllegalStateException(line);
                    }));
  }

  @Test
  void whatIsLeftRunningDoesNotHoldUp() {
    Ended ended = runner.run(shell("sleep 60 & echo $!"));
    assertThat(ended.succeeded()).isTrue();
    ProcessHandle.of(Long.parseLong(ended.lines().get(0))).ifPresent(ProcessHandle::destroy);
  }

  private Job shell(String script) {
    return Job.in(folder, List.of("sh", "-c", script));
  }
}
