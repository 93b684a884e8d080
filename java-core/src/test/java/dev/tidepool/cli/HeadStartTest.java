package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadStartTest {
  @Test
  void noCommandWaitsForItToEnd() throws Exception {
    HeadStart start = new HeadStart();
    assertThat(start.isDaemon()).isTrue();
    start.start();
    start.join();
  }
}
