package dev.tidepool.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.RealGit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every state is looked at with the git command too. */
class HistoryTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  @TempDir Path folder;
  private Path cec = Path.of("");
  private History history = History.of(cec, Clock.systemUTC(), new Identity("", ""));
  private RealGit git = new RealGit(cec);

  @BeforeEach
  void makeFiles() throws IOException {
    cec = Files.createDirectories(folder.resolve("Umgebung ä").resolve(".cec"));
    history =
        History.of(cec, Clock.fixed(NOON, ZoneOffset.UTC), new Identity("Ünal", "u@example.org"));
    git = new RealGit(cec);
    write("pyproject.toml", "[project]\n");
    write("workflows/erster Ablauf.json", "{}\n");
    write("tmp.bak", "not versioned");
  }

  @Test
  void firstVersionHoldsAllThatIsNotIgnored() throws Exception {
    assertThat(history.exists()).isFalse();
    Version first = history.create("Begin");
    assertThat(history.exists()).isTrue();
    assertThat(first.name()).isEqualTo("v1");
    assertThat(first.date()).isEqualTo(NOON);
    assertThat(git.run("ls-files").lines())
        .containsExactly(".gitignore", "pyproject.toml", "workflows/erster Ablauf.json");
    assertClean();
    assertThat(git.run("log", "--format=%H|%s|%an <%ae>|%aI"))
        .isEqualTo(first.commit() + "|Begin|Ünal <u@example.org>|2026-01-02T12:00:00+00:00");
    assertThat(git.run("tag")).isEqualTo("v1");
    assertThat(git.run("branch", "--show-current")).isEqualTo("main");
    assertThat(git.run("fsck", "--strict")).isEmpty();
    assertThat(code(() -> history.create("Again"))).isEqualTo("history-exists");
  }

  @Test
  void objectsAreCompressedAsGitDoes() throws Exception {
    history.create("Begin");
    assertThat(levels()).containsOnly((byte) 0x01);
    git.run("config", "core.compression", "9");
    write("pyproject.toml", "[project]\nname = \"x\"\n");
    history.commit("Second");
    assertThat(levels()).containsOnly((byte) 0x01, (byte) 0xda);
  }

  /** What the headers of the objects say of their level: RFC 1950, section 2.2. */
  private List<Byte> levels() throws IOException {
    try (Stream<Path> files = Files.walk(cec.resolve(".git").resolve("objects"))) {
      List<Byte> levels = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        levels.add(Files.readAllBytes(file)[1]);
      }
      return levels;
    }
  }

  @Test
  void changedNewAndDeletedFilesAreSeenAndCommitted() throws Exception {
    history.create("Begin");
    assertThat(history.commit("Nothing")).isEmpty();
    write("pyproject.toml", "[project]\nname = \"x\"\n");
    write("workflows/sub/new.json", "[]");
    Files.delete(cec.resolve("workflows/erster Ablauf.json"));
    assertThat(history.uncommitted())
        .containsExactlyInAnyOrder(
            new FileChange("pyproject.toml", FileChange.Kind.MODIFIED),
            new FileChange("workflows/erster Ablauf.json", FileChange.Kind.DELETED),
            new FileChange("workflows/sub/new.json", FileChange.Kind.ADDED));
    Version second = history.commit("Second\n\nwith more\n").orElseThrow();
    assertThat(second.name()).isEqualTo("v2");
    assertThat(second.title()).isEqualTo("Second");
    assertThat(second.message()).isEqualTo("Second\n\nwith more");
    assertClean();
    assertThat(git.run("show", "--name-status", "--format=", "HEAD").lines())
        .containsExactlyInAnyOrder(
            "M\tpyproject.toml", "D\tworkflows/erster Ablauf.json", "A\tworkflows/sub/new.json");
    assertThat(history.tree(second).paths())
        .containsExactly(".gitignore", "pyproject.toml", "workflows/sub/new.json");
    assertThat(history.files(history.resolve("v1")).get("workflows/erster Ablauf.json"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{}\n");
  }

  @Test
  void changeOfTheSameLengthIsSeenWhenTheClockStandsStill() throws Exception {
    history.create("Begin");
    Path file = cec.resolve("pyproject.toml");
    FileTime future = FileTime.from(Instant.now().plusSeconds(3600));
    for (String content : List.of("[projecu]\n", "[projecv]\n", "[projecw]\n")) {
      Files.writeString(file, content);
      Files.setLastModifiedTime(file, future);
      assertThat(history.uncommitted()).hasSize(1);
      assertThat(history.commit(content)).isPresent();
      assertClean();
    }
  }

  @Test
  void gitsOwnCommitsAreVersions() throws Exception {
    history.create("Begin");
    write("a.txt", "a");
    git.run("add", ".");
    git.run("commit", "-q", "-m", "By git");
    assertClean();
    write("b.txt", "b");
    assertThat(history.commit("By us").map(Version::name)).contains("v3");
    git.run("gc", "-q");
    git.run("pack-refs", "--all");
    write("c.txt", "c");
    assertThat(history.commit("After packing").map(Version::name)).contains("v4");
    assertThat(history.versions(3))
        .extracting(Version::name, Version::title)
        .containsExactly(tuple("v4", "After packing"), tuple("v3", "By us"), tuple("v2", "By git"));
    assertClean();
  }

  @Test
  void detachedHeadIsCommittedTo() throws Exception {
    history.create("Begin");
    git.run("checkout", "-q", "--detach");
    write("a.txt", "a");
    Version second = history.commit("Detached").orElseThrow();
    assertThat(git.run("rev-parse", "HEAD")).isEqualTo(second.commit());
    assertThat(git.run("rev-parse", "main")).isNotEqualTo(second.commit());
    assertClean();
  }

  @Test
  void versionsAreFoundByWhatUsersType() throws Exception {
    Version first = history.create("Begin");
    for (String name : List.of("a", "b")) {
      write(name, name);
      history.commit(name);
    }
    assertThat(history.resolve("v1")).isEqualTo(first);
    assertThat(history.resolve("HEAD~2")).isEqualTo(first);
    assertThat(history.resolve("HEAD^").name()).isEqualTo("v2");
    assertThat(history.resolve("head").name()).isEqualTo("v3");
    assertThat(history.resolve(first.commit().substring(0, 6))).isEqualTo(first);
    assertThat(history.resolve(first.commit())).isEqualTo(first);
    for (String target :
        List.of("v0", "v4", "v01", "HEAD~3", "main", "abc", "", "../x", "v99999999999")) {
      assertThat(code(() -> history.resolve(target))).as(target).isEqualTo("version-not-found");
    }
  }

  @Test
  void mergedCommitsCountOnceAndAreFoundByTheirDigits() throws Exception {
    history.create("Begin");
    git.run("checkout", "-q", "-b", "side");
    write("side.txt", "s");
    git.run("add", ".");
    git.run("commit", "-q", "-m", "Side");
    String side = git.run("rev-parse", "HEAD");
    git.run("checkout", "-q", "main");
    write("main.txt", "m");
    git.run("add", ".");
    git.run("commit", "-q", "-m", "Main");
    git.run("merge", "-q", "--no-edit", "side");
    assertThat(history.versions(10)).extracting(Version::name).containsExactly("v3", "v2", "v1");
    assertThat(history.resolve(side.substring(0, 10)).name()).isEqualTo(side.substring(0, 8));
  }

  @Test
  void resetTakesBackVersionsButNoFiles() throws Exception {
    Version first = history.create("Begin");
    write("a.txt", "a");
    history.commit("Second");
    history.resetTo(first.commit());
    assertThat(history.head()).isEqualTo(first.commit());
    assertThat(git.run("tag")).isEqualTo("v1");
    assertThat(git.run("branch", "--show-current")).isEqualTo("main");
    assertThat(git.run("status", "--porcelain")).isEqualTo("?? a.txt");
    assertThat(history.uncommitted())
        .containsExactly(new FileChange("a.txt", FileChange.Kind.ADDED));
    assertThat(history.commit("Second again").map(Version::name)).contains("v2");
    assertClean();
  }

  @Test
  void lockOfAKilledGitIsNamed() throws Exception {
    history.create("Begin");
    Path lock = Files.createFile(cec.resolve(".git/index.lock"));
    write("a.txt", "a");
    TidepoolException error =
        catchThrowableOfType(TidepoolException.class, () -> history.commit("Blocked"));
    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo("history-locked");
    assertThat(error.hints().get(0)).contains(lock.toString());
    assertThat(history.uncommitted()).hasSize(1);
    Files.delete(lock);
    assertThat(history.commit("Free")).isPresent();
  }

  @Test
  void folderWithoutRepositoryIsNamed() {
    assertThat(code(() -> history.versions(1))).isEqualTo("history-missing");
    assertThat(code(() -> history.commit("x"))).isEqualTo("history-missing");
  }

  @Test
  void hooksAndFiltersDoNotRun() throws Exception {
    history.create("Begin");
    Path mark = folder.resolve("ran");
    for (String hook :
        List.of("pre-commit", "commit-msg", "post-commit", "reference-transaction")) {
      Path file = cec.resolve(".git/hooks").resolve(hook);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "#!/bin/sh\ntouch '" + mark + "'\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    git.run("config", "filter.evil.clean", "touch '" + mark + "'; cat");
    git.run("config", "filter.evil.process", "touch '" + mark + "'");
    write(".gitattributes", "* filter=evil\n");
    write("a.txt", "a");
    assertThat(history.uncommitted()).hasSize(2);
    assertThat(history.commit("Safe")).isPresent();
    assertThat(mark).doesNotExist();
  }

  @Test
  void identityComesFromWhereGitLooks() throws Exception {
    history.create("Begin");
    var home = Map.of("HOME", folder.toString());
    assertThat(Identity.find(cec, home).name()).isEqualTo(System.getProperty("user.name"));
    Files.writeString(folder.resolve(".gitconfig"), "[user]\nname = Global\nemail = g@x\n");
    assertThat(Identity.find(cec, home)).isEqualTo(new Identity("Global", "g@x"));
    git.run("config", "user.name", "Local");
    assertThat(Identity.find(cec, home)).isEqualTo(new Identity("Local", "g@x"));
    assertThat(
            Identity.find(cec, Map.of("HOME", folder.toString(), "GIT_AUTHOR_NAME", "Env")).name())
        .isEqualTo("Env");
  }

  private void assertClean() throws Exception {
    assertThat(git.run("status", "--porcelain")).isEmpty();
    assertThat(history.uncommitted()).isEmpty();
    assertThat(history.commit("Nothing")).isEqualTo(Optional.empty());
  }

  private static String code(Runnable work) {
    TidepoolException error = catchThrowableOfType(TidepoolException.class, work::run);
    assertThat(error).isNotNull();
    return error.code();
  }

  private void write(String path, String content) throws IOException {
    Path file = cec.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
