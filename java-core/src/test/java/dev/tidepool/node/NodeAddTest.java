package dev.tidepool.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.NodeSource;
import dev.tidepool.nodepack.PackZip;
import dev.tidepool.nodepack.RegistryServer.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real uv, with a package index and a registry of their own. */
class NodeAddTest {
  private TestEnvironment test;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    test = new TestEnvironment(folder);
  }

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void addsAPackWithItsPackages() throws IOException {
    List<AddedPack> added = test.packs().add(AddRequest.of("alpha@1.0.0"), test.steps());
    assertThat(added).extracting(AddedPack::id).containsExactly("alpha");
    assertThat(test.customNodes().resolve("Alpha Pack/nodes/über uns.py")).hasContent("x = 1");
    NodeEntry entry = test.entry("alpha");
    assertThat(entry.name()).isEqualTo("Alpha Pack");
    assertThat(entry.version()).contains("1.0.0");
    assertThat(entry.source()).isEqualTo(NodeSource.REGISTRY);
    assertThat(test.manifest().groups()).containsValue(List.of("sea<2"));
    assertThat(test.manifest().groupOf("alpha")).contains(NodeEntry.groupName(entry, "alpha"));
    assertThat(test.installed()).containsEntry("sea", "1.5");
    assertThat(test.state().get("left")).doesNotContain("node-packs");
  }

  @Test
  void addsFromTheCacheWithoutTheRegistry() throws IOException {
    test.packs().add(AddRequest.of("plain"), test.steps());
    test.packs().remove(List.of("plain"), test.steps());
    test.registry.close();
    test.packs().add(AddRequest.of("plain"), test.steps());
    assertThat(test.customNodes().resolve("plain/__init__.py")).exists();
  }

  @Test
  void resolvesSeveralTogetherAndExplainsAContradiction() throws IOException {
    Map<String, String> before = test.state();
    assertThatThrownBy(() -> test.packs().add(AddRequest.of("alpha", "beta"), test.steps()))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("dependencies-conflict");
              assertThat(e.text())
                  .contains("sea: Alpha Pack wants <2, beta wants >=2")
                  .doesNotContain("shell");
              assertThat(e.hints()).anyMatch(hint -> hint.contains("--drop-constraint"));
            });
    assertThat(test.state()).isEqualTo(before);
  }

  @Test
  void newPacksGiveUpTheirVersionsOnRequest() throws IOException {
    test.packs().add(AddRequest.of("alpha"), test.steps());
    test.packs()
        .add(new AddRequest(List.of("beta"), false, false, true, true, false), test.steps());
    assertThat(test.manifest().groups()).containsValue(List.of("sea"));
    assertThat(test.manifest().groups()).containsValue(List.of("sea<2", "shell-x"));
    assertThat(test.installed()).containsEntry("sea", "1.5");
  }

  @Test
  void withoutATestAContradictionInstallsNothing() throws IOException {
    test.packs().add(AddRequest.of("alpha"), test.steps());
    test.packs()
        .add(new AddRequest(List.of("beta"), false, false, false, false, false), test.steps());
    assertThat(test.customNodes().resolve("beta")).exists();
    assertThat(test.installed()).containsEntry("sea", "1.5");
    assertThat(test.notes).anyMatch(note -> note.contains("--no-test"));
  }

  @Test
  void uvThatFailsLeavesEverythingAsItWasAndTheDownloadInTheCache() throws IOException {
    Map<String, String> before = test.state();
    test.index.cutShort();
    assertThatThrownBy(() -> test.packs().add(AddRequest.of("alpha"), test.steps()))
        .isInstanceOf(TidepoolException.class);
    assertThat(test.state()).isEqualTo(before);
    test.registry.forget();
    assertThatThrownBy(() -> test.packs().add(AddRequest.of("alpha"), test.steps()))
        .isInstanceOf(TidepoolException.class);
    assertThat(test.registry.asked()).isEmpty();
  }

  @Test
  void networkThatStopsHalfWayLeavesEverythingAsItWas() throws IOException {
    Map<String, String> before = test.state();
    for (Fault fault : List.of(Fault.STALLED, Fault.CUT, Fault.SHORT, Fault.HTML)) {
      test.registry.fault("/cdn/alpha", fault, fault);
      assertThatThrownBy(() -> test.packs().add(AddRequest.of("plain", "alpha"), test.steps()))
          .isInstanceOf(TidepoolException.class);
      assertThat(test.state()).isEqualTo(before);
    }
  }

  @Test
  void hostilePackLeavesEverythingAsItWas() throws IOException {
    byte[] evil = new PackZip().file("__init__.py", "").file("../../evil.py", "").bytes();
    test.registry.version("plain", "2", evil);
    Map<String, String> before = test.state();
    assertCode(
        "archive-entry-unsafe", () -> test.packs().add(AddRequest.of("plain"), test.steps()));
    assertThat(test.state()).isEqualTo(before);
  }

  @Test
  void packThatIsThereIsNotAddedAgain() throws IOException {
    test.packs().add(AddRequest.of("alpha@1.0.0"), test.steps());
    assertCode("node-already-added", () -> test.packs().add(AddRequest.of("alpha"), test.steps()));
    test.packs().add(AddRequest.of("alpha@1.1.0"), test.steps());
    assertThat(test.entry("alpha").version()).contains("1.1.0");
    assertThat(test.manifest().groups())
        .containsOnlyKeys(NodeEntry.groupName(test.entry("alpha"), "alpha"));
    assertThat(test.customNodes().resolve("Alpha Pack/__init__.py")).content().contains("two");
  }

  @Test
  void sameFolderIsNamedOnce() {
    assertCode("node-twice", () -> test.packs().add(AddRequest.of("plain", "plain"), test.steps()));
  }

  @Test
  void foldersOfTheUserAreInTheWay() throws IOException {
    test.file("plain/mine.py", "mine");
    test.file("BETA/mine.py", "mine");
    assertCode("node-folder-exists", () -> test.packs().add(AddRequest.of("plain"), test.steps()));
    assertCode("node-folder-case", () -> test.packs().add(AddRequest.of("beta"), test.steps()));
    assertThat(test.customNodes().resolve("plain/mine.py")).hasContent("mine");
  }

  @Test
  void forceMovesTheUsersFolderToTheTrash() throws IOException {
    test.file("plain/mine.py", "mine");
    test.packs()
        .add(new AddRequest(List.of("plain"), false, true, true, false, false), test.steps());
    assertThat(test.customNodes().resolve("plain/mine.py")).doesNotExist();
    assertThat(trash()).contains("plain/mine.py");
  }

  @Test
  void personChoosesAWayOut() throws IOException {
    test.file("plain/mine.py", "mine");
    packs(Conflict.Way.RENAME).add(AddRequest.of("plain"), test.steps());
    assertThat(test.customNodes().resolve("plain-2/mine.py")).hasContent("mine");
    assertThat(test.customNodes().resolve("plain/__init__.py")).exists();
    test.file("beta/mine.py", "mine");
    packs(Conflict.Way.TRACK).add(AddRequest.of("beta"), test.steps());
    assertThat(test.entry("beta").source()).isEqualTo(NodeSource.DEVELOPMENT);
    assertThat(test.customNodes().resolve("beta/mine.py")).hasContent("mine");
  }

  @Test
  void installScriptRunsOnlyWhenThatIsWanted() throws IOException {
    byte[] pack =
        new PackZip()
            .file("__init__.py", "")
            .file("install.py", "open('ran', 'w').write('yes')")
            .bytes();
    test.registry.version("plain", "2", pack);
    test.registry.pack("other", "other", "").version("other", "1", pack);
    List<AddedPack> added = test.packs().add(AddRequest.of("plain"), test.steps());
    assertThat(added.get(0).notes()).anyMatch(note -> note.contains("install.py"));
    assertThat(test.customNodes().resolve("plain/ran")).doesNotExist();
    test.packs()
        .add(new AddRequest(List.of("other"), false, false, true, false, true), test.steps());
    assertThat(test.customNodes().resolve("other/ran")).hasContent("yes");
  }

  @Test
  void installScriptThatFailsLeavesEverythingAsItWas() throws IOException {
    byte[] pack =
        new PackZip().file("__init__.py", "").file("install.py", "raise SystemExit(3)").bytes();
    test.registry.version("plain", "2", pack);
    Map<String, String> before = test.state();
    assertCode(
        "node-script-failed",
        () ->
            test.packs()
                .add(
                    new AddRequest(List.of("plain"), false, false, true, false, true),
                    test.steps()));
    assertThat(test.state()).isEqualTo(before);
  }

  private NodePacks packs(Conflict.Way way) throws IOException {
    return test.packs(
        test.environment(),
        new Questions() {
          @Override
          public Optional<Conflict.Way> choose(Conflict conflict) {
            assertThat(conflict.ways()).contains(way);
            return Optional.of(way);
          }

          @Override
          public boolean mayRun(String pack, String script) {
            return false;
          }
        });
  }

  private String trash() throws IOException {
    try (var all = Files.walk(test.environment().trash())) {
      return all.map(Path::toString).toList().toString();
    }
  }

  static void assertCode(String code, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(TidepoolException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
