package dev.tidepool.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories whose trees git itself would never make. */
class HostileRepositoryTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".git",
        ".GIT",
        ".git.",
        ".git ",
        "git~1",
        ".g\u200cit",
        "a\\b",
        "C:x",
        "x\u0001",
        "."
      })
  void pathsThatLeadElsewhereAreRefused(String name) throws IOException {
    assertRefused(name, FileMode.REGULAR_FILE, "x");
    assertRefused(name, FileMode.TREE, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc",
        "../x",
        "a/../../x",
        "a/..",
        ".git/hooks",
        "",
        "c:/x",
        "../out/.git/config"
      })
  void linksThatLeadElsewhereAreRefused(String target) throws IOException {
    assertRefused("link", FileMode.SYMLINK, target);
  }

  @ParameterizedTest
  @CsvSource({
    "a, b, true",
    "a/b, ../c, true",
    "a/b/c, ../../d/e, true",
    "a/b, ../../c, false",
    "a/b, d/../c, false",
    "a, ., true",
    "a, b/, true",
    "a/b, ../.Git/config, false"
  })
  void linksInsideAreTaken(String path, String target, boolean safe) {
    assertThat(Safety.staysInside(path, target)).isEqualTo(safe);
  }

  @Test
  void linkAndFolderThatDifferByCaseAreRefused() throws IOException {
    Path made = Files.createDirectories(folder.resolve("evil"));
    Repositories.create(made);
    try (Repository repository = Repositories.open(made);
        ObjectInserter inserter = repository.newObjectInserter()) {
      TreeFormatter tree = new TreeFormatter();
      tree.append("A", FileMode.SYMLINK, blob(inserter, "b"));
      tree.append("a", FileMode.TREE, tree(inserter, "hook", FileMode.REGULAR_FILE, "x"));
      commit(repository, inserter, inserter.insert(tree));
    }
    assertThat(cloneFailure(made)).isEqualTo("git-content-unsafe");
  }

  private void assertRefused(String name, FileMode mode, String content) throws IOException {
    Path made = Files.createTempDirectory(folder, "evil");
    Repositories.create(made);
    try (Repository repository = Repositories.open(made);
        ObjectInserter inserter = repository.newObjectInserter()) {
      commit(repository, inserter, tree(inserter, name, mode, content));
    }
    // JGit's own checks while fetching see some of them first.
    assertThat(cloneFailure(made)).isIn("git-content-unsafe", "git-unreachable");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  private static ObjectId tree(ObjectInserter inserter, String name, FileMode mode, String content)
      throws IOException {
    TreeFormatter tree = new TreeFormatter();
    ObjectId id =
        mode.equals(FileMode.TREE)
            ? tree(inserter, "file", FileMode.REGULAR_FILE, "x")
            : blob(inserter, content);
    tree.append(name.getBytes(StandardCharsets.UTF_8), mode, id);
    return inserter.insert(tree);
  }

  private static ObjectId blob(ObjectInserter inserter, String content) throws IOException {
    return inserter.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void commit(Repository repository, ObjectInserter inserter, ObjectId tree)
      throws IOException {
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(tree);
    PersonIdent person = new PersonIdent("Eve", "eve@example.org", Instant.EPOCH, ZoneOffset.UTC);
    commit.setAuthor(person);
    commit.setCommitter(person);
    commit.setMessage("evil\n");
    ObjectId id = inserter.insert(commit);
    inserter.flush();
    RefUpdate update = repository.updateRef(Constants.R_HEADS + "main");
    update.setNewObjectId(id);
    assertThat(update.update()).isEqualTo(RefUpdate.Result.NEW);
  }

  private String cloneFailure(Path repository) {
    Path out = folder.resolve("out");
    TidepoolException error =
        catchThrowableOfType(
            TidepoolException.class,
            () ->
                new GitClone(repository.toUri().toString(), Transports.ALSO_LOCAL, Steps.silent())
                    .run("", GitClone.Depth.SHALLOW, out));
    assertThat(error).isNotNull();
    assertThat(out).doesNotExist();
    return error.code();
  }
}
