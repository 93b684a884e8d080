package dev.tidepool.bundle;

import dev.tidepool.io.AtomicFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Every step on disk that writing a bundle takes. */
class Output {
  private static final int BUFFER = 1 << 16;

  /** Makes a new file; closing it takes what was written to the device. */
  OutputStream create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER) {
      @Override
      public void close() throws IOException {
        try (channel) {
          flush();
          channel.force(true);
        }
      }
    };
  }

  /** Gives the file its name in one step. */
  void move(Path file, Path target) throws IOException {
    AtomicFiles.move(file, target);
  }
}
