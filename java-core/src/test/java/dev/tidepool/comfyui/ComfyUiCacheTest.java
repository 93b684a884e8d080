package dev.tidepool.comfyui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PythonTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ComfyUIs from a git repository on this disk, which then goes away. */
final class ComfyUiCacheTest {
  @TempDir Path folder;
  private Path upstream;
  private ComfyUiCache cache;

  @BeforeEach
  void makeRepository() throws Exception {
    upstream = folder.resolve("upstream");
    try (Git git = Git.init().setInitialBranch("master").setDirectory(upstream.toFile()).call()) {
      release(git, "0.3.1");
      release(git, "0.30.0");
      FakeComfyUi.write(upstream, "0.31.0");
      commit(git);
    }
    Source.Git source = new Source.Git(upstream.toUri().toString(), "");
    Path home = Files.createDirectories(folder.resolve("home"));
    cache =
        new ComfyUiCache(
            folder.resolve("cache"),
            new PythonTools(home, new ProcessRunner(Map.of(), folder.resolve("log"))),
            Steps.silent(),
            new Origins(source, new Source.Packaged("nothing==1.0")));
  }

  @Test
  void newestReleaseIsTakenAndServesWithoutTheRepository() throws IOException {
    CachedComfyUi first = cache.obtain(Optional.empty(), Optional.empty());
    assertThat(first.version()).isEqualTo("v0.30.0");
    assertThat(first.versionType()).isEqualTo("release");
    assertThat(first.commit()).get().asString().matches("[0-9a-f]{40}");
    assertThat(folder.resolve("cache/store/release_v0.30.0/content/main.py")).exists();
    Folders.delete(upstream);
    assertThat(cache.obtain(Optional.empty(), Optional.empty())).isEqualTo(first);
    assertThat(cache.obtain(Optional.empty(), Optional.of("v0.30.0"))).isEqualTo(first);
  }

  @Test
  void branchIsTakenAnewWhileItCanBe() throws Exception {
    String before = cache.obtain(Optional.empty(), Optional.of("master")).commit().orElseThrow();
    try (Git git = Git.open(upstream.toFile())) {
      FakeComfyUi.write(upstream, "0.32.0");
      commit(git);
    }
    CachedComfyUi now = cache.obtain(Optional.empty(), Optional.of("master"));
    assertThat(now.commit()).isPresent().get().isNotEqualTo(before);
    assertThat(now.versionType()).isEqualTo("branch");
    Folders.delete(upstream);
    assertThat(cache.obtain(Optional.empty(), Optional.of("master"))).isEqualTo(now);
  }

  @Test
  void versionThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> cache.obtain(Optional.empty(), Optional.of("v9.9.9")))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("git-ref-not-found"));
    assertThatThrownBy(
            () -> cache.obtain(Optional.of(new Source.Folder(upstream)), Optional.of("v1")))
        .isInstanceOf(TidepoolException.class);
  }

  @Test
  void copySharesGitsObjectsAndNothingElse() throws IOException {
    CachedComfyUi cached = cache.obtain(Optional.empty(), Optional.of("v0.3.1"));
    Path copy = folder.resolve("copy");
    cached.copyTo(copy, Steps.silent());
    assertThat(links(copy.resolve("main.py"))).isEqualTo(1);
    try (Stream<Path> objects = Files.walk(copy.resolve(".git/objects"))) {
      assertThat(objects.filter(Files::isRegularFile)).isNotEmpty().allMatch(o -> links(o) == 2);
    }
  }

  private static int links(Path file) {
    try {
      return (int) Files.getAttribute(file, "unix:nlink");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void release(Git git, String version) throws Exception {
    FakeComfyUi.write(upstream, version);
    commit(git);
    git.tag().setName("v" + version).setAnnotated(false).call();
  }

  private static void commit(Git git) throws Exception {
    git.add().addFilepattern(".").call();
    git.commit()
        .setMessage("x")
        .setAuthor("A", "a@b")
        .setCommitter("A", "a@b")
        .setSign(false)
        .call();
  }
}
