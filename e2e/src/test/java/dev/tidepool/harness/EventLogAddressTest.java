package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class EventLogAddressTest {
  @Test
  void isEncryptedWhereTheServerIs() {
    assertThat(EventLog.address(URI.create("http://127.0.0.1:8188"), "c"))
        .hasToString("ws://127.0.0.1:8188/ws?clientId=c");
    assertThat(EventLog.address(URI.create("https://pool.example"), "c"))
        .hasToString("wss://pool.example/ws?clientId=c");
  }
}
