package dev.tidepool.harness.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    Terminal terminal = new Terminal(stream(out), stream(err), Map.of(), folder, false, false);
    return new WorkflowTestCommand(terminal, new Interruption()).run(List.of(arguments));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Test
  void readsAllOptions() {
    Options options =
        Options.parse(
            List.of(
                "a.json",
                "--update",
                "--comfyui",
                "C",
                "b",
                "--python=P",
                "--node-pack",
                "one",
                "--node-pack",
                "two/.",
                "--report",
                "R",
                "--json",
                "--",
                "--lowvram",
                "-h"),
            folder);
    assertThat(options)
        .isEqualTo(
            new Options(
                List.of(folder.resolve("a.json"), folder.resolve("b")),
                true,
                java.util.Optional.of(folder.resolve("C").toString()),
                false,
                java.util.Optional.of(folder.resolve("P")),
                java.util.Optional.empty(),
                List.of(folder.resolve("one"), folder.resolve("two")),
                folder.resolve("R"),
                true,
                List.of("--lowvram", "-h")));
  }

  @Test
  void aSourceThatIsNoFolderStaysAsItWasTyped() {
    List<String> arguments =
        List.of("a.json", "--container", "--comfyui", "https://example.org/x.git@v1");
    Options options = Options.parse(arguments, folder);
    assertThat(options.comfyui()).contains("https://example.org/x.git@v1");
    assertThat(options.container()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --update                         | Missing required parameter
          . --reprt x                      | Unknown option --reprt.
          . --url http://x --comfyui y     | --url names a running server
          . --url http://x --container     | --url names a running server
          . --container --comfyui x --python y | --python goes with --comfyui, and not with --container
          . --url http://x --node-pack y   | Packs and arguments are for a server that this command starts
          . --url http://x -- --lowvram    | Packs and arguments are for a server that this command starts
          . --python x                     | --python goes with --comfyui
          nowhere --url http://x           | There is no
          . --url http://x                 | There are no workflows in
          """)
  void explainsWrongUsage(String line, String message) {
    assertThat(run(line.strip().split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("error: " + message);
    assertThat(out.size()).isZero();
  }

  @Test
  void explainsAWrongServer() throws java.io.IOException {
    java.nio.file.Files.writeString(folder.resolve("a.json"), "{}");
    assertThat(run("a.json", "--url", "ftp://x")).isEqualTo(ExitCode.USAGE);
    assertThat(run("a.json", "--url", "http://127.0.0.1:1/comfy/")).isEqualTo(ExitCode.USAGE);
    assertThat(run("a.json", "--url", "http://127.0.0.1:1?x=1")).isEqualTo(ExitCode.USAGE);
    assertThat(run("a.json", "--comfyui", "nowhere")).isEqualTo(ExitCode.USAGE);
    assertThat(run("a.json", "--comfyui", ".", "--node-pack", "none")).isEqualTo(ExitCode.USAGE);
    assertThat(run("a.json", "--url", "http://127.0.0.1:1")).isEqualTo(ExitCode.FAILURE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "error: No address of a server: ftp://x.\nhint: It looks like http://127.0.0.1:8188.\n",
            "main.py is missing.\nhint: tidepool up sets one up",
            "__init__.py is missing.",
            "error: There is no ComfyUI at http://127.0.0.1:1.\nhint: Start it");
  }

  @Test
  void printsErrorsAsJsonWhenAsked() {
    assertThat(run(".", "--json", "--upd")).isEqualTo(ExitCode.USAGE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"error\":{\"code\":\"usage\",\"message\":\"Unknown option --upd.\",\"hints\":"
                + "[\"Did you mean --update?\",\"tidepool workflow test --help tells how.\"]}}\n");
    assertThat(err.size()).isZero();
  }

  @Test
  void helps() {
    assertThat(run("--help")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("Usage: tidepool workflow test ")
        .contains("--node-pack=DIR", "Exit codes: 0 all as stored")
        .doesNotContain("\u001b");
  }

  @Test
  void namesCannotSteerTheTerminal() {
    assertThat(run("\u001b[31mx\u202ey")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("?[31mx?y").doesNotContain("\u001b");
  }
}
