package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'tidepool pro', profile",
    "'tidepool profile ex', export",
    "'tidepool pool list --j', --json"
  })
  void bashCompletesWhatWasBegun(String begun, String whole) throws Exception {
    assertThat(completions(begun)).contains(whole);
  }

  @Test
  void zshGetsTheSameScript() {
    Session session = new Session(folder);
    assertThat(session.run("completion zsh").out()).isEqualTo(session.run("completion bash").out());
  }

  private String completions(String begun) throws IOException, InterruptedException {
    Path script = folder.resolve("completion.bash");
    Files.write(script, new Session(folder).run("completion bash").out());
    String last = begun.substring(begun.lastIndexOf(' ') + 1);
    String asked =
        """
        source "$1"
        COMP_WORDS=($2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE=$2; COMP_POINT=${#2}
        function=$(complete -p tidepool); function=${function##*-F }; function=${function%% *}
        "$function" tidepool "$3" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    Process bash =
        new ProcessBuilder("bash", "-c", asked, "bash", script.toString(), begun, last)
            .redirectErrorStream(true)
            .start();
    String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(answer).isZero();
    return answer;
  }
}
