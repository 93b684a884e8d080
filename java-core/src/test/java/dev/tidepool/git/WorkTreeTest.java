package dev.tidepool.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkTreeTest {
  @TempDir Path folder;
  private Path pack = Path.of("");
  private RealGit git = new RealGit(pack);

  @BeforeEach
  void makePack() throws Exception {
    pack = Files.createDirectories(folder.resolve("mein Päck"));
    git = new RealGit(pack);
    git.run("init", "-q", "-b", "main");
    Files.writeString(pack.resolve("a.py"), "a\n");
    git.run("add", ".");
  }

  @Test
  void stateIsToldAsGitTellsIt() throws Exception {
    assertThat(tree().head()).isEmpty();
    assertThat(tree().isDirty()).isTrue();
    git.run("commit", "-q", "-m", "one");
    git.run("remote", "add", "origin", "https://ann:secret@host/x/pack.git");
    assertThat(tree().head()).contains(git.run("rev-parse", "HEAD"));
    assertThat(tree().branch()).contains("main");
    assertThat(tree().origin()).contains("https://host/x/pack.git");
    assertThat(tree().isDirty()).isFalse();
    git.run("checkout", "-q", "--detach");
    assertThat(tree().branch()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://ghp_0123456789@github.com/me/pack, https://github.com/me/pack",
    "http://token@host:8080/me/pack.git, http://host:8080/me/pack.git",
    "HTTPS://token@host/me/pack, HTTPS://host/me/pack",
    "https://ann:p@ss@host/pack, https://host/pack",
    "https://to@ken@host/pack, https://host/pack",
    "ssh://git:secret@host/pack, ssh://host/pack",
    "ssh://git@host:22/pack, ssh://git@host:22/pack",
    "git@host:me/pack, git@host:me/pack",
    "https://host/@me/pack, https://host/@me/pack"
  })
  void tokenInTheAddressIsNotTold(String address, String told) throws Exception {
    git.run("remote", "add", "origin", address);
    assertThat(tree().origin()).contains(told);
  }

  @Test
  void publishedIsWhatTheRemoteOfTheAddressHas() throws Exception {
    assertThat(tree().isPublished()).isFalse();
    git.run("commit", "-q", "-m", "one");
    git.run("tag", "v1");
    git.run("update-ref", "refs/remotes/mine/main", "HEAD");
    git.run("update-ref", "refs/remotes/origin2/main", "HEAD");
    assertThat(tree().isPublished()).isFalse();
    git.run("update-ref", "refs/remotes/origin/main", "HEAD");
    assertThat(tree().isPublished()).isTrue();
    Files.writeString(pack.resolve("a.py"), "b\n");
    git.run("commit", "-q", "-a", "-m", "two");
    assertThat(tree().isPublished()).isFalse();
  }

  @Test
  void changesOfTrackedFilesMakeItDirty() throws Exception {
    git.run("commit", "-q", "-m", "one");
    Files.writeString(pack.resolve("new.pyc"), "not tracked");
    assertThat(tree().isDirty()).isFalse();
    Files.writeString(pack.resolve("a.py"), "b\n");
    assertThat(tree().isDirty()).isTrue();
    git.run("add", "a.py");
    assertThat(tree().isDirty()).isTrue();
    git.run("commit", "-q", "-m", "two");
    assertThat(tree().isDirty()).isFalse();
    Files.delete(pack.resolve("a.py"));
    assertThat(tree().isDirty()).isTrue();
  }

  @Test
  void foldersWithoutARepositoryHaveNone() throws Exception {
    assertThat(WorkTree.of(folder)).isEmpty();
    Path broken = Files.createDirectories(folder.resolve("broken"));
    Files.createDirectories(broken.resolve(".git"));
    assertThat(WorkTree.of(broken)).isEmpty();
    // Below a repository is not the repository.
    assertThat(WorkTree.of(Files.createDirectories(pack.resolve("sub")))).isEmpty();
  }

  @Test
  void workTreesOfItsOwnAreSeen() throws Exception {
    git.run("commit", "-q", "-m", "one");
    git.run("worktree", "add", "-q", "-b", "side", folder.resolve("side").toString());
    WorkTree side = WorkTree.of(folder.resolve("side")).orElseThrow();
    assertThat(side.branch()).contains("side");
    assertThat(side.head()).isEqualTo(tree().head());
  }

  @Test
  void settingsOfTheRepositoryRunNothing() throws Exception {
    Files.writeString(pack.resolve(".gitattributes"), "* filter=evil diff=evil\n");
    git.run("add", ".");
    git.run("commit", "-q", "-m", "one");
    Path mark = folder.resolve("ran");
    git.run("config", "filter.evil.clean", "touch '" + mark + "'; cat");
    git.run("config", "diff.external", "touch '" + mark + "'");
    git.run("config", "core.fsmonitor", "touch '" + mark + "'");
    Files.writeString(pack.resolve("a.py"), "b\n");
    assertThat(tree().isDirty()).isTrue();
    assertThat(mark).doesNotExist();
  }

  private WorkTree tree() {
    return WorkTree.of(pack).orElseThrow();
  }
}
