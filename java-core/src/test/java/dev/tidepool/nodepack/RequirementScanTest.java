package dev.tidepool.nodepack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementScanTest {
  private Path pack;

  @BeforeEach
  void prepare(@TempDir Path folder) throws IOException {
    pack = Files.createDirectories(folder.resolve("ein Päckchen"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numpy|numpy",
        "  Pillow >= 10 , < 12  # images|Pillow>= 10 , < 12",
        "a[x,y]~=1.0; python_version < \"3.9\"|a[x,y]~=1.0 ; python_version < \"3.9\"",
        "a (>=1.0)|a>=1.0",
        "a==1.0 --hash=sha256:abc|a==1.0",
        "a @ https://host/a-1.0.zip|a @ https://host/a-1.0.zip",
        "git+https://github.com/u/my-lib.git@main|my-lib @ git+https://github.com/u/my-lib.git@main",
        "git+https://github.com/u/x.git#egg=lib&subdirectory=y"
            + "|lib @ git+https://github.com/u/x.git#subdirectory=y",
        "-e git+https://github.com/u/x.git#egg=lib|lib @ git+https://github.com/u/x.git",
        "https://host/w/foo-1.2-py3-none-any.whl|foo @ https://host/w/foo-1.2-py3-none-any.whl",
        "a===1.0.post1|a===1.0.post1",
        "a==1.*|a==1.*",
      })
  void readsWhatCanBeInstalled(String line, String requirement) throws IOException {
    write("requirements.txt", line + "\n");
    assertThat(RequirementScan.of(pack).requirements()).containsExactly(requirement);
    assertThat(RequirementScan.of(pack).notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./wheels/a.whl",
        "-e .",
        "../x",
        "/etc/passwd",
        "a @ file:///etc/passwd",
        "--extra-index-url https://host/simple",
        "--no-binary :all:",
        "a == ",
        "not a requirement!",
        "-r ../outside.txt",
        "-r missing.txt",
        "-c /etc/passwd"
      })
  void leavesOutTheRestAndSaysSo(String line) throws IOException {
    Files.writeString(pack.resolveSibling("outside.txt"), "evil\n");
    write("requirements.txt", "numpy\n" + line + "\n");
    assertThat(RequirementScan.of(pack).requirements()).containsExactly("numpy");
    assertThat(RequirementScan.of(pack).notes()).hasSize(1);
  }

  @Test
  void followsIncludesWithinThePackOnce() throws IOException {
    write("requirements.txt", "a\n-r requirements/more.txt\n--requirement=requirements.txt\n");
    Files.createDirectories(pack.resolve("requirements"));
    write("requirements/more.txt", "b\n-r ../requirements.txt\n-r deep.txt\n");
    write("requirements/deep.txt", "c \\\n  >=1\n");
    assertThat(RequirementScan.of(pack).requirements())
        .containsExactly("a", "b", "c   >=1".replace("   ", ""));
    assertThat(RequirementScan.of(pack).notes()).isEmpty();
  }

  @Test
  void constraintsCountOnlyForWhatIsAskedFor() throws IOException {
    write("requirements.txt", "My_Lib\n-c limits.txt\n");
    write("limits.txt", "my-lib<2\nother<1\n");
    assertThat(RequirementScan.of(pack).requirements()).containsExactly("My_Lib", "my-lib<2");
  }

  @Test
  void followsNoLinksOutOfThePack() throws IOException {
    Files.writeString(pack.resolveSibling("outside.txt"), "evil\n");
    write("requirements.txt", "-r linked.txt\n");
    Files.createSymbolicLink(pack.resolve("linked.txt"), Path.of("../outside.txt"));
    assertThat(RequirementScan.of(pack).requirements()).isEmpty();
    assertThat(RequirementScan.of(pack).notes()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void readsWhatEditorsLeave(String encoding) throws IOException {
    String text = "\ufeffnumpy\r\nscipy\r\n";
    Files.write(pack.resolve("requirements.txt"), text.getBytes(Charset.forName(encoding)));
    assertThat(RequirementScan.of(pack).requirements()).containsExactly("numpy", "scipy");
  }

  @Test
  void readsThePyprojectWhereThereIsNothingElse() throws IOException {
    write("pyproject.toml", "[project]\nname='x'\ndependencies = [\n 'a>=1', # why\n 'b',\n]\n");
    assertThat(RequirementScan.of(pack).requirements()).containsExactly("a>=1", "b");
    write("requirements.txt", "c\n");
    assertThat(RequirementScan.of(pack).requirements()).containsExactly("c");
  }

  @Test
  void namesScriptsAndRunsNone() throws IOException {
    write("install.py", "open('ran', 'w')\n");
    write("setup.py", "open('ran', 'w')\n");
    PackNeeds needs = RequirementScan.of(pack);
    assertThat(needs.scripts()).containsExactly("install.py");
    assertThat(needs.notes()).singleElement().asString().contains("setup.py");
    assertThat(pack.resolve("ran")).doesNotExist();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(pack.resolve(name), text, StandardCharsets.UTF_8);
  }
}
