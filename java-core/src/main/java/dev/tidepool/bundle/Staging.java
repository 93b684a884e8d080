package dev.tidepool.bundle;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** An empty folder that a bundle is unpacked into. */
final class Staging implements BundleScan.Sink {
  private final Path folder;

  Staging(Path folder) {
    this.folder = folder;
  }

  /** The disk failed, not the bundle. */
  static final class Failure extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException disk;

    Failure(IOException disk) {
      super(disk);
      this.disk = disk;
    }

    @Override
    public synchronized IOException getCause() {
      return disk;
    }
  }

  @Override
  public void expect(BundleManifest manifest) throws IOException {
    long wanted = manifest.members().stream().mapToLong(BundleMember::size).sum();
    long free = Files.getFileStore(folder).getUsableSpace();
    if (wanted > free) {
      throw new TidepoolException(
          ErrorKind.NO_SPACE,
          "disk-full",
          "Cannot unpack the bundle: it needs "
              + wanted
              + " bytes in "
              + folder
              + ", and "
              + free
              + " are free.",
          "Free some space, then try again. Nothing was changed.");
    }
  }

  @Override
  public OutputStream open(String name) throws IOException {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      return new Told(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
    } catch (IOException e) {
      throw new Failure(e);
    }
  }

  /** Tells what the disk refused from what is wrong with the bundle. */
  private static final class Told extends FilterOutputStream {
    Told(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] content, int start, int length) throws IOException {
      try {
        out.write(content, start, length);
      } catch (IOException e) {
        throw new Failure(e);
      }
    }
  }
}
