package dev.tidepool.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ShownAddressTest {
  @Test
  void onlyAVersionIsShownOfAQuery() {
    assertThat(Http.shown(URI.create("https://host/a?version=1.2&sig=cafe")))
        .isEqualTo("https://host/a?version=1.2");
    assertThat(Http.shown(URI.create("https://host/a?sig=cafe&version=1")))
        .isEqualTo("https://host/a");
    assertThat(Http.shown(URI.create("https://host/a"))).isEqualTo("https://host/a");
  }
}
