package dev.tidepool.http;

import dev.tidepool.io.StorageFailures;
import java.io.OutputStream;

/** Writes a body to its target; a failure there is one of storage, and none of the network. */
final class WrittenBody extends OutputStream {
  private static final String DOING = "write a download";

  private final OutputStream out;

  WrittenBody(Target target, Answer head) {
    out = StorageFailures.translate(DOING, () -> target.open(head));
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    StorageFailures.translate(
        DOING,
        () -> {
          out.write(bytes, offset, length);
          return out;
        });
  }

  @Override
  public void close() {
    StorageFailures.translate(
        DOING,
        () -> {
          out.close();
          return out;
        });
  }
}
