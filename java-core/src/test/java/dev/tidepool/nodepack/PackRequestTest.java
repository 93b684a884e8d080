package dev.tidepool.nodepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackRequestTest {
  @ParameterizedTest
  @CsvSource({
    "comfyui-impact-pack, comfyui-impact-pack, ",
    "comfyui-impact-pack@8.15.3, comfyui-impact-pack, 8.15.3",
    "Some_Pack.x@1.0.0-rc.1, Some_Pack.x, 1.0.0-rc.1",
  })
  void readsPacksOfTheRegistry(String text, String id, String version) {
    assertThat(PackRequest.parse(text, false))
        .isEqualTo(new PackRequest.Registered(id, Optional.ofNullable(version)));
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/a/b, https://github.com/a/b, ",
    "https://github.com/a/b.git@v1.2, https://github.com/a/b.git, v1.2",
    "https://github.com/a/b@feature/x, https://github.com/a/b, feature/x",
    "https://user:word@host.example/a/b@main, https://user:word@host.example/a/b, main",
    "https://user@host.example/a/b, https://user@host.example/a/b, ",
    "git@github.com:a/b.git, git@github.com:a/b.git, ",
    "git@github.com:a/b.git@main, git@github.com:a/b.git, main",
    "ssh://git@github.com:22/a/b@v1, ssh://git@github.com:22/a/b, v1",
    "git+https://github.com/a/b, https://github.com/a/b, ",
    "file:///tmp/mit leerzeichen/ü, file:///tmp/mit leerzeichen/ü, ",
  })
  void readsRepositories(String text, String url, String ref) {
    assertThat(PackRequest.parse(text, false))
        .isEqualTo(new PackRequest.Repository(url, Optional.ofNullable(ref)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "../../../x",
        "a/b",
        "a\\b",
        "/etc",
        "~/x",
        ".hidden",
        "-x",
        "nul",
        "CON.pack",
        "x.disabled",
        "__pycache__",
        "a@",
        "a@../1",
        "a@1/2",
        "ext::sh -c touch% /tmp/pwned",
        "ftp://host/x",
        "https://host/x@--upload-pack=evil",
        "https://host/x@a..b",
        "https://host/a b",
        "pack\u0000"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> PackRequest.parse(text, false))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("node-request-invalid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://user:secret@host/x y", "https://user:secret@host/x@a..b"})
  void keepsPasswordsToItself(String text) {
    assertThatThrownBy(() -> PackRequest.parse(text, false))
        .hasMessageContaining("host")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "ComfyUI Impact Pack, true",
    "WAS Node Suite (Revised), true",
    "Grüne Knoten, true",
    "🌊 Depthflow Nodes, true",
    "a/b, false",
    "a:b, false",
    "a*, false",
    ".., false",
    "'a.', false",
    "'a ', false",
    "' a', false",
    "AUX, false",
    "com1.txt, false",
    "Nul .x, false",
    "LPT¹, false",
    "x.Disabled, false",
    "__PYCACHE__, false",
    "comma, true",
    "console, true",
  })
  void tellsWhichNamesCanBeFolders(String name, boolean possible) {
    assertThat(PackNames.isFolder(name)).isEqualTo(possible);
  }
}
