package dev.tidepool.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipFilesTest {
  private static final Pattern SETTING =
      Pattern.compile("(?:global|install|download)\\.([a-z-]+)='(.*)'");

  @TempDir Path home;

  @Test
  void readsWhatPipReads() throws IOException {
    write(
        "etc/pip/pip.conf",
        """
        # everybody's
        [global]
        index-url = https://everybody.example/simple
        cert: /etc/ca.pem
        timeout = 61
        """);
    write(
        ".pip/pip.conf",
        """
        [global]
        INDEX_URL=https://old.example/simple
        extra-index-url = https://old.example/more
        """);
    write(
        ".config/pip/pip.conf",
        """
        [install]
        index-url = https://install.example/simple?a=b;c
        [global]
        find-links =
            /opt/wheels
            ; not this one

            https://links.example/
        no-index =
        [list]
        format = columns
        [download]
        index-url = https://download.example/simple
        trusted-host = a = b
        """);
    assertThat(settings(Map.of()))
        .isEqualTo(ofPip(Map.of()))
        .containsEntry("index-url", "https://install.example/simple?a=b;c")
        .containsEntry("find-links", "/opt/wheels https://links.example/")
        .containsEntry("timeout", "61");
  }

  @Test
  void aFileThatIsNamedTakesThePlaceOfTheUsersOwn() throws IOException {
    write("etc/pip/pip.conf", "[global]\ntimeout = 61\nindex-url = https://all.example\n");
    write(".config/pip/pip.conf", "[global]\nextra-index-url = https://own.example\n");
    write("named.conf", "[global]\nindex-url = https://named.example\n");
    Map<String, String> named = Map.of("PIP_CONFIG_FILE", home.resolve("named.conf").toString());
    assertThat(settings(named))
        .isEqualTo(ofPip(named))
        .containsEntry("index-url", "https://named.example")
        .containsEntry("timeout", "61")
        .doesNotContainKey("extra-index-url");
    Map<String, String> absent = Map.of("PIP_CONFIG_FILE", home.resolve("absent.conf").toString());
    assertThat(settings(absent))
        .isEqualTo(ofPip(absent))
        .containsEntry("extra-index-url", "https://own.example");
    Map<String, String> nothing = Map.of("PIP_CONFIG_FILE", "/dev/null");
    assertThat(settings(nothing)).isEqualTo(ofPip(nothing)).isEmpty();
  }

  @Test
  void onlyWhatIsIndentedDeeperGoesOnWithAValue() throws IOException {
    write(
        ".config/pip/pip.conf",
        """
        [global]
            index-url = https://one.example/simple
            extra-index-url = https://two.example/simple
              https://three.example/simple
          timeout = 62
        """);
    assertThat(settings(Map.of()))
        .isEqualTo(ofPip(Map.of()))
        .containsEntry("index-url", "https://one.example/simple")
        .containsEntry(
            "extra-index-url", "https://two.example/simple https://three.example/simple");
  }

  @Test
  void theFileOfAPythonsEnvironmentCounts() throws IOException {
    write("venv/pyvenv.cfg", "home = /usr/bin\n");
    write("venv/pip.conf", "[global]\nindex-url = https://venv.example\n");
    Path program = home.resolve("venv/bin/python3");
    Files.createDirectories(program.resolveSibling(""));
    Files.createSymbolicLink(program, python());
    assertThat(new PipFiles(variables(Map.of())).settings(Optional.of(program)))
        .containsEntry("index-url", "https://venv.example");
    Files.delete(home.resolve("venv/pyvenv.cfg"));
    assertThat(new PipFiles(variables(Map.of())).settings(Optional.of(program)))
        .doesNotContainEntry("index-url", "https://venv.example");
  }

  private Map<String, String> settings(Map<String, String> more) {
    return new TreeMap<>(new PipFiles(variables(more)).settings(Optional.of(python())));
  }

  /** What pip itself says. */
  private Map<String, String> ofPip(Map<String, String> more) {
    Ended ended =
        new ProcessRunner(variables(more), home.resolve("log.txt"))
            .run(Job.in(home, List.of(python().toString(), "-m", "pip", "config", "list")));
    assertThat(ended.succeeded()).as(String.join("\n", ended.lines())).isTrue();
    Map<String, String> settings = new TreeMap<>();
    for (String line : ended.lines()) {
      Matcher matcher = SETTING.matcher(line);
      if (matcher.matches()) {
        String value = matcher.group(2).replace("\\n", " ").replaceAll(" +", " ");
        settings.put(matcher.group(1), value.strip());
      }
    }
    return settings;
  }

  private Map<String, String> variables(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("HOME", home.toString());
    variables.put("XDG_CONFIG_DIRS", home.resolve("etc").toString());
    variables.put("PATH", System.getenv("PATH"));
    return variables;
  }

  private static Path python() {
    ProcessRunner runner = new ProcessRunner(System.getenv(), Path.of("/dev/null"));
    return new Interpreters(runner).best().orElseThrow().program();
  }

  private void write(String name, String content) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, content);
  }
}
