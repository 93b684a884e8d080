package dev.tidepool.node;

import static dev.tidepool.node.NodeAddTest.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.manifest.NodeSource;
import dev.tidepool.node.ListedPack.State;
import dev.tidepool.node.RemovedPack.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs that the user works on, packs of git, what becomes of packs that are removed. */
class NodeLifeTest {
  private static final AddRequest USUAL = AddRequest.of();

  private TestEnvironment test;
  private Path temp;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    temp = folder;
    test = new TestEnvironment(folder);
  }

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void tracksAFolderDisablesItAndBringsThatVeryFolderBack() throws IOException {
    Path file = test.file("mine/work.py", "mine");
    test.file("mine/requirements.txt", "sea<2\n");
    Object key =
        Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
    test.packs().add(development("mine"), test.steps());
    assertThat(test.entry("mine").version()).contains("dev");
    assertThat(test.installed()).containsKey("sea");
    assertThat(test.packs().remove(List.of("MINE"), test.steps()))
        .extracting(RemovedPack::fate)
        .containsExactly(Fate.DISABLED);
    assertThat(test.manifest().nodes()).isEmpty();
    assertThat(test.installed()).doesNotContainKey("sea");
    assertThat(test.customNodes().resolve("mine.disabled/work.py")).exists();
    test.packs().add(development("mine"), test.steps());
    assertThat(
            Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey())
        .isEqualTo(key);
  }

  @Test
  void asksWhenBothAreThereAndTheLoserGoesToTheTrash() throws IOException {
    test.file("mine/new.py", "new");
    test.file("mine.disabled/old.py", "old");
    assertCode("node-disabled-there", () -> test.packs().add(development("mine"), test.steps()));
    chooses(Conflict.Way.BRING_BACK).add(development("mine"), test.steps());
    assertThat(test.customNodes().resolve("mine/old.py")).exists();
    assertThat(trash()).contains("new.py");
  }

  @Test
  void disabledFolderIsNotForgottenWhenThePackComesFromTheRegistry() throws IOException {
    test.file("plain.disabled/old.py", "old");
    assertCode("node-disabled-there", () -> test.packs().add(AddRequest.of("plain"), test.steps()));
    chooses(Conflict.Way.BRING_BACK).add(AddRequest.of("plain"), test.steps());
    assertThat(test.customNodes().resolve("plain/old.py")).exists();
    assertThat(test.entry("plain").source()).isEqualTo(NodeSource.DEVELOPMENT);
  }

  @Test
  void folderElsewhereIsRefusedWithTheWayOut() throws IOException {
    Path elsewhere = Files.createDirectories(temp.resolve("anderswo/pack"));
    assertCode(
        "node-folder-elsewhere",
        () -> test.packs().add(development(elsewhere.toString()), test.steps()));
    assertCode("node-folder-not-found", () -> test.packs().add(development("nope"), test.steps()));
    Files.createSymbolicLink(test.customNodes().resolve("pack"), elsewhere);
    test.packs().add(development("pack"), test.steps());
    test.packs()
        .add(development(String.valueOf(test.file("two/x.py", "").getParent())), test.steps());
    assertThat(test.manifest().nodes()).containsOnlyKeys("pack", "two");
  }

  @Test
  void removedPackIsDeletedOnlyWhenTheCacheHasItAsItIs() throws IOException {
    test.packs().add(AddRequest.of("alpha", "plain"), test.steps());
    test.file("plain/settings.json", "{}");
    test.file("Alpha Pack/__pycache__/x.pyc", "compiled");
    assertThat(test.packs().list())
        .extracting(ListedPack::state)
        .containsExactly(State.PRESENT, State.CHANGED);
    assertThat(test.packs().remove(List.of("alpha pack", "plain"), test.steps()))
        .extracting(RemovedPack::fate)
        .containsExactly(Fate.DELETED, Fate.TRASHED);
    assertThat(trash()).contains("settings.json").doesNotContain("Alpha");
    assertThat(test.customNodes()).isEmptyDirectory();
    assertThat(test.manifest().groups()).isEmpty();
    assertThat(test.installed()).doesNotContainKey("sea");
    assertCode("node-not-found", () -> test.packs().remove(List.of("plain"), test.steps()));
  }

  @Test
  void updatesToTheNewestAndKeepsWhatWasChanged() throws IOException {
    test.packs().add(AddRequest.of("alpha@1.0.0", "plain"), test.steps());
    assertThat(test.packs().updates(List.of(), test.steps()))
        .extracting(PackUpdate::to)
        .containsExactly(Optional.of("1.1.0"), Optional.empty());
    test.file("Alpha Pack/mine.json", "{}");
    List<AddedPack> updated = test.packs().update(List.of(), USUAL, test.steps());
    assertThat(updated).extracting(AddedPack::before).containsExactly(Optional.of("1.0.0"));
    assertThat(test.installed()).containsKey("shell-x");
    assertThat(trash()).contains("mine.json");
    assertThat(test.packs().update(List.of(), USUAL, test.steps())).isEmpty();
  }

  @Test
  void updateOfAFolderLooksAtItsRequirementsAnew() throws IOException {
    test.file("mine/requirements.txt", "sea<2\n");
    test.packs().add(development("mine"), test.steps());
    test.file("mine/requirements.txt", "sea>=2\n");
    assertThat(test.packs().updates(List.of("mine"), test.steps()).get(0).to()).isPresent();
    test.packs().update(List.of("mine"), USUAL, test.steps());
    assertThat(test.installed()).containsEntry("sea", "2.0");
  }

  @Test
  void clonesRepositoriesPinnedAndUpdatesThem() throws Exception {
    Path upstream = Files.createDirectories(temp.resolve("up/Git Pack"));
    try (Git git = Git.init().setDirectory(upstream.toFile()).setInitialBranch("main").call()) {
      Files.writeString(upstream.resolve("__init__.py"), "one");
      String first = commit(git);
      String url = "file://" + upstream;
      test.packs().add(AddRequest.of(url + "@main"), test.steps());
      var entry = test.entry("Git Pack");
      assertThat(entry.version()).contains(first);
      assertThat(entry.branch()).contains("main");
      assertThat(test.customNodes().resolve("Git Pack/.git")).doesNotExist();
      assertThat(test.packs().updates(List.of(), test.steps()).get(0).to()).isEmpty();
      Files.writeString(upstream.resolve("__init__.py"), "two");
      String second = commit(git);
      test.packs().update(List.of("git pack"), USUAL, test.steps());
      assertThat(test.entry("Git Pack").version()).contains(second);
      assertThat(test.customNodes().resolve("Git Pack/__init__.py")).hasContent("two");
    }
  }

  @Test
  void tellsWhoseRepositoryIsInTheWay() throws Exception {
    repository("plain", Optional.empty());
    assertCode(
        "node-repository-local", () -> test.packs().add(AddRequest.of("plain"), test.steps()));
    repository("beta", Optional.of("git@GitHub.com:b/beta.git"));
    assertCode("node-repository-same", () -> test.packs().add(AddRequest.of("beta"), test.steps()));
    repository("Alpha Pack", Optional.of("https://github.com/someone/fork"));
    assertCode(
        "node-repository-other", () -> test.packs().add(AddRequest.of("alpha"), test.steps()));
  }

  @Test
  void listShowsBranchCommitAndWhatIsMissing() throws Exception {
    String commit = repository("mine", Optional.of("https://github.com/me/mine"));
    test.packs().add(development("mine"), test.steps());
    test.packs().add(AddRequest.of("plain"), test.steps());
    dev.tidepool.io.Folders.delete(test.customNodes().resolve("plain"));
    test.file("mine/__init__.py", "changed");
    List<ListedPack> packs = test.packs().list();
    assertThat(packs.get(0).branch()).contains("main");
    assertThat(packs.get(0).commit()).contains(commit);
    assertThat(packs.get(0).dirty()).isTrue();
    assertThat(packs.get(1).state()).isEqualTo(State.MISSING);
    assertThat(test.entry("mine").repository()).contains("https://github.com/me/mine");
  }

  private String repository(String name, Optional<String> origin) throws Exception {
    test.file(name + "/__init__.py", "x");
    Path folder = test.customNodes().resolve(name);
    try (Git git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call()) {
      if (origin.isPresent()) {
        git.remoteAdd().setName("origin").setUri(new URIish(origin.get())).call();
      }
      return commit(git);
    }
  }

  private static String commit(Git git) throws Exception {
    git.add().addFilepattern(".").call();
    return git.commit()
        .setMessage("x")
        .setSign(false)
        .setAuthor("a", "a@b.c")
        .setCommitter("a", "a@b.c")
        .call()
        .getName();
  }

  private NodePacks chooses(Conflict.Way way) throws IOException {
    return test.packs(
        test.environment(),
        new Questions() {
          @Override
          public Optional<Conflict.Way> choose(Conflict conflict) {
            return Optional.of(way);
          }

          @Override
          public boolean mayRun(String pack, String script) {
            return false;
          }
        });
  }

  private static AddRequest development(String folder) {
    return new AddRequest(List.of(folder), true, false, true, false, false);
  }

  private String trash() throws IOException {
    try (var all = Files.walk(test.environment().trash())) {
      return all.map(Path::toString).toList().toString();
    }
  }
}
