package dev.tidepool.suite;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** A page's network, which can be made slow; it is fast again once this is closed. */
final class SlowNetwork implements AutoCloseable {
  /** A throughput that is not limited. */
  static final int UNLIMITED = -1;

  private final CDPSession network;

  SlowNetwork(Page page) {
    network = page.context().newCDPSession(page);
    network.send("Network.enable");
  }

  /**
   * Slows it down.
   *
   * @param latencyMillis how long every answer takes at least
   * @param bytesPerSecond in either direction
   */
  void slowDown(int latencyMillis, int bytesPerSecond) {
    JsonObject conditions = new JsonObject();
    conditions.addProperty("offline", false);
    conditions.addProperty("latency", latencyMillis);
    conditions.addProperty("downloadThroughput", bytesPerSecond);
    conditions.addProperty("uploadThroughput", bytesPerSecond);
    network.send("Network.emulateNetworkConditions", conditions);
  }

  @Override
  public void close() {
    network.detach();
  }
}
