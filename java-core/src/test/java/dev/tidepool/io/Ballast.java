package dev.tidepool.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Fills a {@link SmallDevice} but for so much, to see what is tried on it fail ever later. */
public final class Ballast {
  private static final int PAGE = 4096;

  private final Path folder;

  /** For the device that is mounted over this folder. */
  public Ballast(Path disk) {
    this.folder = disk.resolve("ballast");
  }

  /** The folder with all that fills the device. */
  public Path folder() {
    return folder;
  }

  /** Leaves space for some pages of 4 KiB, and for as many files as there can be. */
  public void leavePages(int left) throws IOException {
    Path file = Files.createDirectory(folder).resolve("file");
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[PAGE]);
      }
    } catch (IOException full) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(Math.max(0, channel.size() / PAGE - left) * PAGE);
      }
    }
  }

  /** Leaves room for some more files, which may be large. */
  public void leaveFiles(int left) throws IOException {
    Files.createDirectory(folder);
    int made = 0;
    try {
      while (true) {
        Files.createFile(folder.resolve(Integer.toString(made)));
        made++;
      }
    } catch (IOException full) {
      for (int i = 0; i < left; i++) {
        Files.delete(folder.resolve(Integer.toString(--made)));
      }
    }
  }

  /** Takes all of it off the device. */
  public void remove() throws IOException {
    Folders.delete(folder);
  }
}
