package dev.tidepool.harness;

import java.io.IOException;

/** A program that starts a ComfyUI, says where its files are, and waits until it is stopped. */
final class StartAndWait {
  private StartAndWait() {}

  /** The arguments are none; the settings come from system properties. */
  public static void main(String[] arguments) throws IOException {
    ComfyUi server = ComfyUi.start(ServerSettings.fromProperties().withoutPacks());
    System.out.println(server.base());
    int end = System.in.read();
    throw new IllegalStateException("nobody was to write here: " + end);
  }
}
