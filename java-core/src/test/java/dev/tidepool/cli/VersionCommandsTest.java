package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.environment.Environment;
import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that show versions, on an environment that has two. */
class VersionCommandsTest {
  @TempDir Path folder;

  @BeforeEach
  void makeVersions() throws IOException {
    Environment environment =
        new Environment(
            "sea", folder.resolve("work/environments/sea"), new StoreLocks(), Session.CLOCK);
    Files.createDirectories(environment.cec());
    Files.createDirectories(environment.comfyUi());
    Files.writeString(environment.cec().resolve(".complete"), "");
    Manifest manifest =
        Manifest.initial(
            new Manifest.Start(
                "sea",
                "3.11",
                new ComfyUiPin("v0.3.0", Optional.of("release"), Optional.empty()),
                "cpu"));
    History history = environment.history(new Identity("Ann", "ann@example.org"));
    Files.writeString(environment.pyproject(), manifest.text());
    history.create("Begin");
    Manifest more = manifest.withNode("a", NodeEntry.registry("A", "a", "1.0"));
    Files.writeString(environment.pyproject(), more.text());
    assertThat(history.commit("Add a\n\nwith more to read")).isPresent();
  }

  @Test
  void logShowsVersionsNewestFirst() {
    assertThat(run("log --oneline").out()).containsExactly("v2  Add a", "v1  Begin");
    assertThat(run("log --oneline --limit 1").out()).containsExactly("v2  Add a");
    List<String> table = run("log").out();
    assertThat(table.get(0)).matches("VERSION +COMMIT +DATE +MESSAGE");
    assertThat(table.get(1)).matches("v2 +[0-9a-f]{8} +2026-02-03 \\d\\d:\\d\\d +Add a");
    assertThat(run("log --limit 0").exitCode()).isEqualTo(2);
  }

  @Test
  void logAsJsonIsAListOfVersions() {
    assertThat(run("log --limit 1 --json").out().get(0))
        .matches(
            "\\[\\{\"version\":\"v2\",\"commit\":\"[0-9a-f]{40}\","
                + "\"message\":\"Add a\\\\n\\\\nwith more to read\","
                + "\"date\":\"2026-02-03T04:05:06Z\"}]");
  }

  @Test
  void diffShowsWhatDiffers() {
    assertThat(run("diff v1 v2").out()).containsExactly("Node packs", "  + a 1.0");
    assertThat(run("diff v2 v1").out()).containsExactly("Node packs", "  - a 1.0");
    assertThat(run("diff").err()).containsExactly("No differences.");
    assertThat(run("diff v1 --json").out())
        .containsExactly(
            "{\"settings\":[],\"workflows\":[],\"node_packs\":[{\"name\":\"a\",\"after\":\"1.0\"}],"
                + "\"packages\":[],\"models\":[]}");
    assertThat(run("diff v7").err().get(0)).contains("There is no single version \"v7\".");
  }

  private Session.Run run(String line) {
    return new Session(folder)
        .with("TIDEPOOL_HOME", folder.resolve("work").toString())
        .run(line + (line.contains("--env") ? "" : " --env sea"));
  }
}
