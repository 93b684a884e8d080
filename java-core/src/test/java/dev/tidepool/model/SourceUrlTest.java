package dev.tidepool.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://civitai.com/models/1, civitai",
    "https://WWW.CIVITAI.COM/models/1, civitai",
    "https://notcivitai.com/models/1, url",
    "https://huggingface.co/a/b, huggingface",
    "http://cdn-lfs.hf.co/a, huggingface",
    "https://example.org/huggingface.co, url"
  })
  void hostGivesTheType(String url, String type) {
    assertThat(SourceUrl.of(url).type()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://example.org/a, source-url-invalid",
    "file:///etc/passwd, source-url-invalid",
    "https:///a, source-url-invalid",
    "https://exa mple.org/, source-url-invalid",
    "example.org/a, source-url-invalid",
    "https://ann:secret@example.org/a, source-url-secret",
    "https://civitai.com/api/download/models/1?type=Model&token=0123, source-url-secret",
    "https://example.org/?API_KEY=0123, source-url-secret",
    "ftp://ann:0123@example.org/a, source-url-secret",
    "https://ann:0123@/a, source-url-secret",
    "ann:0123@example.org/a, source-url-secret",
    "https://ann:0123x/y@example.org/a, source-url-invalid",
    "ftp://example.org/a?token=0123, source-url-secret",
    "https://example.org/?to%6Ben=0123, source-url-secret",
    "https://example.org/a#access_token=0123, source-url-secret",
    "https://example.org/a?x=1;hf_token=0123, source-url-secret",
    "https://example.org/a?X-Amz-Signature=0123, source-url-secret"
  })
  void othersAreRefused(String url, String code) {
    assertThatThrownBy(() -> SourceUrl.of(url))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.text()).doesNotContain("0123").doesNotContain("secret@");
            });
  }
}
