package dev.tidepool.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexSettingsTest {
  @TempDir Path home;

  @Test
  void uvGetsWhatPipWasTold() {
    assertThat(
            settings(Map.of())
                .forUv(
                    Map.of(
                        "index-url", "https://inside.example/simple",
                        "extra-index-url", "https://more.example/simple",
                        "find-links", home + " /not/there https://links.example/",
                        "cert", "/etc/ca.pem")))
        .isEqualTo(
            Map.of(
                "UV_DEFAULT_INDEX", "https://inside.example/simple",
                "UV_INDEX", "https://more.example/simple",
                "UV_FIND_LINKS", home + ",https://links.example/",
                "SSL_CERT_FILE", "/etc/ca.pem"));
  }

  @Test
  void uvsOwnSettingsWin() {
    assertThat(
            settings(Map.of("UV_INDEX_URL", "https://uv.example", "SSL_CERT_FILE", "/ca"))
                .forUv(Map.of("index-url", "https://inside.example", "cert", "/etc/ca.pem")))
        .isEmpty();
  }

  @Test
  void pipGetsWhatUvWasTold() {
    assertThat(settings(Map.of("UV_DEFAULT_INDEX", "in=https://uv.example/simple")).forPip())
        .isEqualTo(Map.of("PIP_INDEX_URL", "https://uv.example/simple"));
    assertThat(
            settings(Map.of("UV_DEFAULT_INDEX", "https://uv.example", "PIP_INDEX_URL", "https://p"))
                .forPip())
        .isEmpty();
  }

  private IndexSettings settings(Map<String, String> variables) {
    Map<String, String> environment = new java.util.HashMap<>(variables);
    environment.put("HOME", home.toString());
    return new IndexSettings(environment);
  }
}
