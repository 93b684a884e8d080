package dev.tidepool.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.environment.Deaths;
import dev.tidepool.environment.Environment;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any write of add and remove: the next command finds old or new. */
class NodeCrashTest {
  private static final AddRequest FORCED =
      new AddRequest(List.of("plain", "bare"), false, true, true, false, false);

  private TestEnvironment test;
  private String manifest = "";

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    test = new TestEnvironment(folder);
    test.registry.pack("bare", "bare", "");
    test.registry.version("bare", "1", dev.tidepool.nodepack.PackZip.pack("bare"));
    manifest = test.manifest().text();
  }

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void addIsOldOrNewAndTheUsersFilesAreWhole() throws Exception {
    Deaths.atEachStep(
        this::withFolderInTheWay,
        environment -> packs(environment).add(FORCED, test.steps()),
        (environment, finished) -> {
          Path plain = environment.customNodes().resolve("plain");
          boolean done = !environment.manifest().text().equals(manifest);
          assertThat(finished || !done).isTrue();
          if (done) {
            assertThat(environment.manifest().nodes()).containsOnlyKeys("plain", "bare");
            assertThat(plain.resolve("nodes/über uns.py")).hasContent("x = 1");
            assertThat(environment.customNodes().resolve("bare/__init__.py")).exists();
            assertThat(below(environment.trash())).containsValue("mine");
          } else {
            assertThat(below(environment.customNodes())).isEqualTo(Map.of("plain/mine.py", "mine"));
          }
        });
  }

  @Test
  void removeIsOldOrNewAndTheUsersFilesAreWhole() throws Exception {
    withPacks();
    Map<String, String> old = below(test.customNodes());
    String listed = test.manifest().text();
    Deaths.atEachStep(
        this::withPacks,
        environment -> packs(environment).remove(List.of("mine", "plain"), test.steps()),
        (environment, finished) -> {
          boolean done = !environment.manifest().text().equals(listed);
          assertThat(finished || !done).isTrue();
          if (done) {
            assertThat(environment.manifest().nodes()).isEmpty();
            assertThat(below(environment.customNodes()))
                .isEqualTo(Map.of("mine.disabled/work.py", "work"));
            assertThat(below(environment.trash()).values()).contains("older", "{}");
          } else {
            assertThat(below(environment.customNodes())).isEqualTo(old);
          }
        });
  }

  private Environment empty() throws IOException {
    Folders.delete(test.customNodes());
    Folders.delete(test.environment().trash());
    Files.createDirectories(test.customNodes());
    Files.writeString(test.environment().pyproject(), manifest);
    return test.environment();
  }

  private Environment withFolderInTheWay() throws IOException {
    empty();
    test.file("plain/mine.py", "mine");
    return test.environment();
  }

  /** Made once with the commands, and then copied. */
  private Environment withPacks() throws IOException {
    Path kept = test.environment().folder().resolveSibling("kept");
    if (!Files.exists(kept)) {
      empty();
      test.file("mine/work.py", "work");
      test.packs().add(AddRequest.of("plain"), test.steps());
      test.packs()
          .add(new AddRequest(List.of("mine"), true, false, true, false, false), test.steps());
      test.file("plain/settings.json", "{}");
      test.file("mine.disabled/old.py", "older");
      copy(test.customNodes(), kept);
      Files.copy(test.environment().pyproject(), kept.resolveSibling("kept.toml"));
    }
    empty();
    copy(kept, test.customNodes());
    Files.writeString(
        test.environment().pyproject(), Files.readString(kept.resolveSibling("kept.toml")));
    return test.environment();
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Map.Entry<String, String> each : below(from).entrySet()) {
      Path file = to.resolve(each.getKey());
      Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
      Files.writeString(file, each.getValue());
    }
  }

  private NodePacks packs(Environment environment) throws IOException {
    return test.packs(environment, Questions.none());
  }

  private static Map<String, String> below(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.filter(Files::isRegularFile).toList()) {
          files.put(folder.relativize(each).toString().replace('\\', '/'), Files.readString(each));
        }
      }
    }
    return files;
  }
}
