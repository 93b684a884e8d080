package dev.tidepool.harness.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A ComfyUI that can be started.
 *
 * @param comfyui the folder of its {@code main.py}
 * @param python the interpreter that has its requirements
 */
record Prepared(Path comfyui, Path python) {
  /**
   * The one of {@code tidepool up}, which sets it up when it is not there. The system property
   * {@code tidepool.launcher} names the program.
   *
   * @throws CommandException when there is no launcher, or the setting up fails
   */
  static Prepared byUp() {
    String launcher = System.getProperty("tidepool.launcher");
    if (launcher == null) {
      throw CommandException.usage(
          "Which ComfyUI? Name one with --comfyui or --url.",
          "The launcher ./tidepool takes the one of tidepool up.");
    }
    try {
      Process up =
          new ProcessBuilder(launcher, "up", "--no-start", "--json")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      up.getOutputStream().close();
      String answer = new String(up.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return of(up.waitFor(), new ObjectMapper().readTree(answer));
    } catch (JsonProcessingException e) {
      throw CommandException.failure("up-failed", "tidepool up did not say which ComfyUI it made.");
    } catch (IOException e) {
      throw CommandException.failure(
          "up-failed", launcher + " cannot be started: " + e.getMessage() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failure("stopped", "Stopped.");
    }
  }

  private static Prepared of(int exitCode, JsonNode answer) {
    if (exitCode != 0 || !answer.has("comfyui")) {
      JsonNode error = answer.path("error");
      List<String> hints = new ArrayList<>();
      error.path("hints").forEach(hint -> hints.add(hint.asText()));
      throw new CommandException(
          exitCode == 0 ? ExitCode.FAILURE : exitCode,
          error.path("code").asText("up-failed"),
          error.path("message").asText("tidepool up failed."),
          hints);
    }
    return new Prepared(
        Path.of(answer.path("comfyui").asText()), Path.of(answer.path("python").asText()));
  }
}
