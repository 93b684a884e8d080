package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogComplaintsTest {
  @Test
  void anErrorAndItsTracebackAreOne() {
    String log =
        """
        [INFO] got prompt
        [ERROR] !!! Exception during processing !!! no such image
        [ERROR] Traceback (most recent call last):
          File "execution.py", line 542, in execute
        ValueError: no such image

        [INFO] Prompt executed in 0.01 seconds
        plain text
        """;
    assertThat(LogComplaints.in(log))
        .singleElement()
        .asString()
        .startsWith("[ERROR] !!!")
        .endsWith("ValueError: no such image");
  }

  @Test
  void aRefusedPromptIsOne() {
    String log =
        """
        [ERROR] Failed to validate prompt for output 5:
        [ERROR] * LoadImage 3:
        [ERROR]   - Custom validation failed for node: image - Invalid image file: none.png
        [ERROR] Output will be ignored
        [WARNING] invalid prompt: {}
        """;
    assertThat(LogComplaints.in(log)).hasSize(1);
  }

  @Test
  void errorsOneAfterTheOtherAreSeveral() {
    assertThat(LogComplaints.in("[ERROR] one\n[CRITICAL] two\n[WARNING] three\n"))
        .containsExactly("[ERROR] one", "[CRITICAL] two");
  }

  @Test
  void aTracebackCountsAtAnyLevelAndWithoutOne() {
    String traceback =
        "Traceback (most recent call last):\n  File \"a.py\", line 1\nOSError: full\n";
    assertThat(LogComplaints.in("[WARNING] " + traceback + "[INFO] more\n")).hasSize(1);
    assertThat(LogComplaints.in("got prompt\n" + traceback + "Prompt executed\n"))
        .containsExactly(traceback.strip());
  }

  @Test
  void aLogWithoutErrorsHasNone() {
    assertThat(LogComplaints.in("[INFO] the word ERROR\nno [ERROR] here\n[WARNING] careful\n"))
        .isEmpty();
  }

  @Test
  void onlyWhatIsNewIsReadAndHalfLinesWait(@TempDir Path folder) throws IOException {
    Path log =
        Files.writeString(folder.resolve("server.log"), "\u001b[1m[ERROR]\u001b[0m one\n[ERR");
    LogWatch watch = new LogWatch(log, 0);
    assertThat(watch.complaints()).containsExactly("[ERROR] one");
    watch.endTest();
    Files.writeString(log, "OR] two\n", StandardOpenOption.APPEND);
    assertThat(watch.complaints()).containsExactly("[ERROR] two");
    assertThat(watch.ofThisTest()).isEqualTo("[ERROR] two\n");
  }
}
