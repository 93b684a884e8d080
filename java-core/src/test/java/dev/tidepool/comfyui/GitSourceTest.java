package dev.tidepool.comfyui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GitSourceTest {
  @Test
  void releasesAreComparedByNumber() {
    assertThat(GitSource.newest(List.of("v0.9.0", "v0.10.0", "v0.2.0", "v9.9.9-rc1", "latest")))
        .contains("v0.10.0");
    assertThat(GitSource.newest(List.of("nightly", "99999999999.0.0"))).isEmpty();
  }
}
