package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.importing.BundleForge;
import dev.tidepool.io.Folders;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports of a pack that needs many Python packages are killed while uv gets and installs them. */
class KilledSyncTest {
  private static final int PACKAGES = 10;

  @TempDir Path folder;
  private Path home;
  private PackageIndex index;
  private String environment = "fern";

  /** How an import ends too early. */
  private enum End {
    /** uv lives on, and installs what it was told to. */
    WITHOUT_UV,
    WITH_UV
  }

  /** What is waited for before. */
  private interface Moment {
    void await(TidepoolProcess process) throws Exception;
  }

  @BeforeEach
  void make() throws IOException {
    home = folder.resolve("home");
    index = FakeComfyUi.index();
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < PACKAGES; i++) {
      index.wheel("reef" + i, "1.0");
      wanted.add("reef" + i + "==1.0");
    }
    FakeComfyUi.write(folder.resolve("ComfyUI"), "0.4.0");
    new BundleForge()
        .developmentPack("corals", "x = 1\n", wanted.toArray(String[]::new))
        .write(folder.resolve("corals.tar.gz"));
    new BundleForge().developmentPack("plain", "y = 1\n").write(folder.resolve("plain.tar.gz"));
  }

  @AfterEach
  void close() {
    index.release();
    index.close();
  }

  @Test
  void importThatIsKilledWhileUvWorksIsMadeByTheSameCommand() throws Exception {
    done("import corals.tar.gz --name first --comfyui ComfyUI");
    done("export --all -e first --offline --output locked.tar.gz");
    String line = "import locked.tar.gz --name fern --comfyui ComfyUI --allow-private";
    for (End end : End.values()) {
      Folders.delete(home);
      if (end == End.WITHOUT_UV) {
        index.hold("reef4-1.0-py3-none-any.whl");
        killed(line, this::awaitDownload, end);
      } else {
        killed(line, process -> awaitInstalled(process, "reef4"), end);
      }
      if (!Files.exists(home.resolve("environments/fern/.cec/.complete"))) {
        done(line);
      }
      assertThat(installed()).as("%s", end).hasSize(PACKAGES);
      assertThat(said("status -e fern")).contains("packages as locked");
    }
  }

  @Test
  void importRecordsTheFirstVersionWhileUvWorksAndIsNotDoneBefore() throws Exception {
    done("import corals.tar.gz --name first --comfyui ComfyUI");
    done("export --all -e first --offline --output locked.tar.gz");
    Folders.delete(home);
    index.hold("reef4-1.0-py3-none-any.whl");
    Path cec = home.resolve("environments/fern/.cec");
    try (TidepoolProcess process =
        process("import locked.tar.gz --name fern --comfyui ComfyUI --allow-private")) {
      awaitDownload(process);
      long begin = System.nanoTime();
      while (!Files.exists(cec.resolve(".git/refs/tags/v1"))) {
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
        Thread.onSpinWait();
      }
      assertThat(cec.resolve(".complete")).doesNotExist();
      index.release();
      String said = process.restOfErr();
      assertThat(process.exitCode()).as(said).isZero();
    }
    assertThat(said("status -e fern")).contains("packages as locked", "Nothing to commit.");
  }

  @Test
  void environmentThatAKilledImportChangedHasItsOldPackagesOrAllNew() throws Exception {
    for (End end : End.values()) {
      environment = "fern-" + end;
      String line = "import corals.tar.gz --env " + environment;
      done("import plain.tar.gz --name " + environment + " --comfyui ComfyUI");
      killed(line, process -> awaitInstalled(process, "reef7"), end);
      assertThat(said("status -e " + environment)).as("%s", end).contains("packages as locked");
      boolean changed = Files.exists(packs().resolve("corals/__init__.py"));
      assertThat(installed()).as("%s", end).hasSize(changed ? PACKAGES : 0);
      done(line);
      assertThat(installed()).as("%s", end).hasSize(PACKAGES);
      assertThat(said("status -e " + environment))
          .contains("packages as locked", "Nothing to commit.");
    }
  }

  private void killed(String line, Moment moment, End end) throws Exception {
    try (TidepoolProcess process = process(line)) {
      moment.await(process);
      if (end == End.WITH_UV) {
        process.killAll();
      } else {
        process.kill();
      }
      index.release();
    }
  }

  private void awaitDownload(TidepoolProcess process) throws InterruptedException {
    while (!index.isHeldAskedFor(Duration.ofSeconds(1))) {
      assertThat(process.isAlive()).isTrue();
    }
  }

  private void awaitInstalled(TidepoolProcess process, String name) throws IOException {
    while (!names().contains(name + "-1.0.dist-info")) {
      assertThat(process.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }

  /** The packages of the pack that are there as they should be; none may be there in half. */
  private List<String> installed() throws IOException {
    List<String> installed = new ArrayList<>();
    for (String name : names()) {
      if (name.matches("reef\\d-1.0.dist-info")) {
        String module = name.substring(0, "reef0".length());
        assertThat(site().resolve(module + ".py")).hasContent("version = '1.0'");
        assertThat(site().resolve(name)).isDirectoryContaining("glob:**/RECORD");
        installed.add(module);
      }
    }
    return installed;
  }

  private SortedSet<String> names() throws IOException {
    SortedSet<String> names = new TreeSet<>();
    if (Files.isDirectory(site())) {
      Folders.children(site()).forEach(each -> names.add(String.valueOf(each.getFileName())));
    }
    return names;
  }

  private Path site() {
    return home.resolve("environments")
        .resolve(environment)
        .resolve(".venv/lib/python3.11/site-packages");
  }

  private Path packs() {
    return home.resolve("environments").resolve(environment).resolve("ComfyUI/custom_nodes");
  }

  private void done(String line) throws Exception {
    try (TidepoolProcess process = process(line)) {
      String said = process.restOfErr();
      assertThat(process.exitCode()).as(said).isZero();
    }
  }

  private String said(String line) throws Exception {
    try (TidepoolProcess process =
        new TidepoolProcess(folder, index, TestTools.uvFolder(), line.split(" "))) {
      return process.restOfOut();
    }
  }

  private TidepoolProcess process(String line) throws IOException {
    return new TidepoolProcess(
        folder, index, TestTools.uvFolder(), (line + " --no-interactive").split(" "));
  }
}
