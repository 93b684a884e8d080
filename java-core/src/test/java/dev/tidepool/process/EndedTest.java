package dev.tidepool.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EndedTest {
  @Test
  void reasonOfUvIsTheErrorWithItsDeepestCause() {
    assertThat(
            reason(
                "Using Python 3.11.2 environment at: t",
                "error: Failed to fetch: https://index.example/torch/",
                "  cause: client error (Connect)",
                "  cause: failed to lookup address information"))
        .isEqualTo(
            "Failed to fetch: https://index.example/torch/: failed to lookup address information");
  }

  @Test
  void reasonOfPipIsItsLastError() {
    assertThat(
            reason(
                "ERROR: Could not find a version", "ERROR: No matching distribution", "[notice]"))
        .isEqualTo("No matching distribution");
  }

  @Test
  void reasonOfPythonIsTheLastLine() {
    assertThat(
            reason(
                "Traceback (most recent call last):",
                "  File \"x\", line 1",
                "ModuleNotFoundError: No module named 'torch'",
                ""))
        .isEqualTo("ModuleNotFoundError: No module named 'torch'");
  }

  @Test
  void silentFailureSaysItsCode() {
    assertThat(reason()).isEqualTo("it ended with the code 9");
  }

  private static String reason(String... lines) {
    return new Ended(9, List.of(lines)).reason();
  }
}
