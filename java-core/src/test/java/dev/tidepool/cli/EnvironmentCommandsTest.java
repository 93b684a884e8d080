package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on environments that need neither uv nor a ComfyUI. */
class EnvironmentCommandsTest {
  @TempDir Path folder;
  private Path home;
  private Session session;

  @BeforeEach
  void openSession() {
    home = folder.resolve("hö me");
    session = new Session(folder).with("TIDEPOOL_HOME", home.toString());
  }

  @Test
  void initMakesAWorkspaceAsComfyDockDoes() throws IOException {
    Session.Run run = session.run("init --no-interactive");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsExactly("HERE/hö me");
    assertThat(home.resolve(".metadata/workspace.json"))
        .content()
        .isEqualTo(
            """
            {
              "version": 1,
              "active_environment": "",
              "created_at": "2026-02-03T04:05:06.789",
              "global_model_directory": {
                "path": "%s/models",
                "added_at": "2026-02-03T04:05:06.789",
                "last_sync": "2026-02-03T04:05:06.789"
              }
            }\
            """
                .formatted(home));
    for (String made : new String[] {"environments", "comfydock_cache", "models", "logs"}) {
      assertThat(home.resolve(made)).isDirectory();
    }
  }

  @Test
  void initAsksOnATerminalAndTakesAComfyUisModels() throws IOException {
    Path comfyUi = folder.resolve("ComfyUI");
    for (String name : new String[] {"main.py", "nodes.py", "requirements.txt"}) {
      Files.createDirectories(comfyUi);
      Files.createFile(comfyUi.resolve(name));
    }
    Files.createDirectories(comfyUi.resolve("comfy"));
    Files.createDirectories(comfyUi.resolve("models"));
    Session.Run run = session.with("HOME", folder.toString()).typing("nowhere\n1\n").run("init");
    assertThat(run.exitCode()).isZero();
    assertThat(String.join("\n", run.err()))
        .contains("  1  HERE/ComfyUI/models", "There is no folder HERE/nowhere");
    assertThat(session.run("config models").out()).containsExactly("HERE/ComfyUI/models");
  }

  @Test
  void initThatIsStoppedMakesNothing() {
    Session.Run run = session.typing("\u0004").run("init");
    assertThat(run.exitCode()).isIn(0, 3);
    assertThat(new Session(folder).with("TIDEPOOL_HOME", home + "2").typing("x\n").run("init"))
        .satisfies(stopped -> assertThat(stopped.exitCode()).isEqualTo(3));
    assertThat(folder.resolve("hö me2")).doesNotExist();
  }

  @Test
  void workspaceIsNotMadeTwiceNorAmongOtherThings() throws IOException {
    session.run("init");
    assertThat(session.run("init").err()).anyMatch(line -> line.contains("is a workspace already"));
    Files.createDirectories(folder.resolve("full/photos"));
    Session.Run run = session.run("init full");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).anyMatch(line -> line.contains("holds something else: photos"));
  }

  @Test
  void comfyDocksWorkspaceOpensAndItsFieldsSurvive() throws IOException {
    Files.createDirectories(home.resolve(".metadata"));
    Path environment = home.resolve("environments/studio");
    Files.createDirectories(environment.resolve(".cec"));
    Files.createFile(environment.resolve(".cec/.complete"));
    Files.writeString(
        environment.resolve(".cec/pyproject.toml"),
        """
        [project]
        name = "comfydock-env-studio"
        version = "0.1.0"
        requires-python = ">=3.12"
        dependencies = []

        [tool.comfydock]
        comfyui_version = "v0.3.20"
        comfyui_version_type = "release"
        python_version = "3.12"
        nodes = {}
        """);
    Files.writeString(
        home.resolve(".metadata/workspace.json"),
        """
        {"version": 1, "active_environment": null, "created_at": "2025-11-26T08:26:37.530358",
         "global_model_directory": {"path": "/data/models", "added_at": "a", "last_sync": "b"},
         "api_credentials": {"civitai_token": "secret-token"}, "later": {"kept": [1, 2.5]}}
        """);
    assertThat(session.run("list").out())
        .containsExactly("  NAME    COMFYUI  PYTHON  STATE", "  studio  v0.3.20  3.12    ready");
    assertThat(session.run("use studio").exitCode()).isZero();
    assertThat(session.run("list").out()).anyMatch(line -> line.startsWith("*  studio"));
    assertThat(session.run("config models").out()).containsExactly("/data/models");
    assertThat(session.run("config registry-cache no").exitCode()).isZero();
    assertThat(home.resolve(".metadata/workspace.json"))
        .content()
        .contains("\"active_environment\": \"studio\"", "\"prefer_registry_cache\": false")
        .contains("\"created_at\": \"2025-11-26T08:26:37.530358\"", "secret-token")
        .containsPattern("\"later\": \\{\\s+\"kept\": \\[ ?1, ?2.5 ?\\]");
  }

  @Test
  void secretsAreNeverShown() {
    session.run("init");
    session.typing("hidden-token\n").run("config civitai-token -");
    Session.Run run = session.run("config");
    assertThat(run.out()).anyMatch(line -> line.matches("civitai-token +\\(set\\)"));
    assertThat(run.out() + "" + session.run("config --json").out()).doesNotContain("hidden-token");
    session.run("config civitai-token --unset");
    assertThat(session.run("config civitai-token").out()).containsExactly("(not set)");
  }

  @Test
  void settingsAreKeptAndTakenBack() {
    session.run("init");
    assertThat(session.run("config python 3.12").exitCode()).isZero();
    assertThat(session.run("config python").out()).containsExactly("3.12");
    assertThat(session.run("config python --unset").exitCode()).isZero();
    assertThat(session.run("config python").out()).containsExactly("3.11");
    assertThat(session.run("config python 2.7").exitCode()).isEqualTo(2);
    assertThat(session.run("config torch cuda").exitCode()).isEqualTo(2);
    assertThat(session.run("config models nowhere").exitCode()).isEqualTo(1);
    assertThat(session.run("config colour red").err())
        .anyMatch(line -> line.contains("There are: models, python, torch"));
  }

  @Test
  void whatIsMissingIsNamedWithWhatThereIs() throws IOException {
    session.run("init");
    assertThat(session.run("list").err()).contains("There is no environment yet.");
    assertThat(session.run("run").err())
        .contains(
            "error: No environment is active.", "hint: There is none yet: tidepool create NAME.");
    Files.createDirectories(home.resolve("environments/half/.cec"));
    assertThat(session.run("use other").err())
        .contains("error: There is no environment \"other\".", "hint: There are: half.");
    assertThat(session.run("run -e half").err())
        .contains(
            "error: The environment half was not made to its end.",
            "hint: The same create, import or adopt goes on.");
    assertThat(session.run("list --json").out())
        .singleElement()
        .asString()
        .contains("\"name\":\"half\",\"active\":false,\"state\":\"incomplete\"");
  }

  @Test
  void deletedEnvironmentIsInTheTrashAndNoLongerActive() throws IOException {
    session.run("init");
    Path environment = home.resolve("environments/x");
    Files.createDirectories(environment.resolve(".cec"));
    Files.createFile(environment.resolve(".cec/.complete"));
    session.run("use x");
    Session.Run run = session.run("delete x");
    assertThat(run.out()).containsExactly("HERE/hö me/trash/20260203T040506789Z-x");
    assertThat(home.resolve("trash/20260203T040506789Z-x/.cec/.complete")).exists();
    assertThat(environment).doesNotExist();
    assertThat(session.run("run").err()).contains("error: No environment is active.");
    assertThat(session.run("delete x").exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logs",
        "Models",
        ".comfydock",
        "a/b",
        "..",
        ".hidden",
        "CON",
        "lpt1.txt",
        "a:b",
        "x.",
        "-x",
        "a\\b",
        "x*"
      })
  void nameThatSomeSystemCannotHaveIsRefused(String name) {
    session.run("init");
    Session.Run run = session.run("create", "--comfyui", ".", "--", name);
    assertThat(run.err()).anyMatch(line -> line.startsWith("error: No environment can be called"));
    assertThat(home.resolve("environments")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"Work, WORK", "Höhle, HÖHLE", "straße, STRASSE"})
  void nameThatDiffersOnlyInCaseIsTaken(String there, String asked) throws IOException {
    session.run("init");
    Files.createDirectories(home.resolve("environments").resolve(there).resolve(".cec"));
    assertThat(session.run("create", asked, "--comfyui", ".").err())
        .anyMatch(line -> line.contains("There is an environment named \"" + there + "\" already"));
  }
}
