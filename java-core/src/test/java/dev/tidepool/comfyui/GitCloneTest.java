package dev.tidepool.comfyui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCloneTest {
  @TempDir Path folder;
  private String url = "";
  private String second = "";

  @BeforeEach
  void makeRepository() throws Exception {
    Path repository = folder.resolve("upstream");
    url = repository.toUri().toString();
    try (Git git = Git.init().setDirectory(repository.toFile()).setInitialBranch("main").call()) {
      for (String version : List.of("0.9.0", "0.10.0", "0.2.0")) {
        FakeComfyUi.write(repository, version);
        RevCommit commit = commit(git, version);
        git.tag().setName("v" + version).setAnnotated(version.equals("0.10.0")).call();
        second = version.equals("0.10.0") ? commit.getName() : second;
      }
      git.tag().setName("v9.9.9-rc1").call();
      git.checkout().setCreateBranch(true).setName("feature/sea").call();
      FakeComfyUi.write(repository, "7.7.7");
      commit(git, "feature");
    }
  }

  @Test
  void newestReleaseIsChosenByNumber() throws IOException {
    assertThat(clone("")).isEqualTo(new Source.Git(url, "v0.10.0"));
    assertThat(version()).isEqualTo("0.10.0");
  }

  @Test
  void branchTagAndCommitCanBeNamed() throws IOException {
    for (String ref : List.of("feature/sea=7.7.7", "v0.9.0=0.9.0", second + "=0.10.0")) {
      clone(ref.split("=")[0]);
      assertThat(version()).isEqualTo(ref.split("=")[1]);
      dev.tidepool.io.Folders.delete(folder.resolve("out"));
    }
  }

  @Test
  void historyIsNotCloned() throws Exception {
    clone("v0.2.0");
    try (Git git = Git.open(folder.resolve("out").toFile())) {
      assertThat(git.log().call()).hasSize(1);
      assertThat(git.status().call().isClean()).isTrue();
    }
  }

  @Test
  void missingRefIsNamed() {
    TidepoolException error = failure(new Source.Git(url, "v5.5.5"));
    assertThat(error.code()).isEqualTo("git-ref-not-found");
    assertThat(error.text()).contains("v5.5.5");
  }

  @Test
  void unreachableHostIsSaidSoon() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(failure(new Source.Git("http://127.0.0.1:" + port + "/x.git", "")).code())
        .isEqualTo("git-unreachable");
    TidepoolException unknown =
        failure(new Source.Git("https://ann:secret@nowhere.invalid/x.git", ""));
    assertThat(unknown.code()).isEqualTo("git-unreachable");
    assertThat(unknown.text()).contains("nowhere.invalid").doesNotContain("secret");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private static RevCommit commit(Git git, String message) throws Exception {
    git.add().addFilepattern(".").call();
    return git.commit()
        .setMessage(message)
        .setAuthor("Ann", "ann@example.org")
        .setCommitter("Ann", "ann@example.org")
        .setSign(false)
        .call();
  }

  private Source.Git clone(String ref) throws IOException {
    return new GitClone(Steps.silent()).run(new Source.Git(url, ref), folder.resolve("out"));
  }

  private String version() throws IOException {
    assertThat(Files.isDirectory(folder.resolve("out/.git"))).isTrue();
    return ComfyUi.in(folder.resolve("out")).version();
  }

  private TidepoolException failure(Source.Git source) {
    TidepoolException error =
        catchThrowableOfType(
            TidepoolException.class,
            () -> new GitClone(Steps.silent()).run(source, folder.resolve("out")));
    assertThat(error).isNotNull();
    return error;
  }
}
