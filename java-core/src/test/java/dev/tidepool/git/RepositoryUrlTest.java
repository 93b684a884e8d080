package dev.tidepool.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/Ann/Pack",
        "https://github.com/ann/pack.git",
        "HTTPS://GitHub.com/ann/pack/",
        "https://www.github.com/ann/pack.git/",
        "http://github.com/ann/pack",
        "https://token@github.com/ann/pack",
        "https://github.com:443/ann/pack",
        "git@github.com:ann/pack.git",
        "github.com:ann/pack",
        "ssh://git@github.com/ann/pack",
        "ssh://git@github.com:22/ann/pack.git",
        "git://github.com/ann/pack",
        "git+https://github.com/ann/pack",
        " https://github.com/ann/pack#readme ",
      })
  void formsOfOneAddressAreEqual(String text) {
    RepositoryUrl url = RepositoryUrl.parse(text);
    assertThat(url.key()).isEqualTo("github.com/ann/pack");
    assertThat(url.sameAs(RepositoryUrl.parse("https://github.com/ann/pack"))).isTrue();
    assertThat(url.name()).isEqualToIgnoringCase("pack");
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/ann/pack2",
    "https://gitlab.com/ann/pack",
    "https://github.com:8443/ann/pack",
    "file:///github.com/ann/pack"
  })
  void otherAddressesDiffer(String text) {
    assertThat(RepositoryUrl.parse(text).key()).isNotEqualTo("github.com/ann/pack");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "pack", "ann/pack", "/tmp/pack", "C:\\pack", "ext::sh", "https://", "-x"})
  void otherTextIsRefused(String text) {
    TidepoolException error =
        catchThrowableOfType(TidepoolException.class, () -> RepositoryUrl.parse(text));
    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo("repository-url-invalid");
  }

  @Test
  void passwordsAreNotKept() {
    assertThat(RepositoryUrl.parse("https://ann:secret@host/x/y").toString())
        .doesNotContain("secret");
    assertThat(RepositoryUrl.parse("https://ghp_secret@host/x/y").toString())
        .doesNotContain("secret");
    assertThat(RepositoryUrl.parse("git@host:x/y").https()).isEqualTo("https://host/x/y");
  }
}
