package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Progress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large archives in a process with little memory. */
class ArchiveMemoryTest {
  private static final long LARGE = 600L << 20;
  private static final int MANY = 10_000_000;

  @TempDir Path folder;

  /** Exports what was put into the pool, imports it again, and tells how large it came back. */
  public static final class RoundTrip {
    private RoundTrip() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      SmallBase base = SmallBase.at(folder.resolve("grid_pool"));
      Path archive = folder.resolve("large.zip");
      base.store.exportTo("sea", archive, Progress.none());
      Profile copy = base.importArchive(archive);
      System.out.println(Files.size(base.root.resolve(copy.id()).resolve("large.bin")));
    }
  }

  @Test
  void aLargeArchiveGoesThroughLittleMemory() throws Exception {
    SmallBase base = SmallBase.filled(folder.resolve("grid_pool"));
    Path large = base.root.resolve("sea/large.bin");
    try (FileChannel file =
        FileChannel.open(large, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {1}), LARGE - 1);
    }

    String printed = JvmOfItsOwn.plain().options("-Xmx48m").run(RoundTrip.class, folder);

    assertThat(printed.strip()).endsWith(Long.toString(LARGE));
  }

  /** Imports the archive, which must be refused, and prints the code. */
  public static final class Refusal {
    private Refusal() {}

    public static void main(String[] arguments) throws IOException {
      SmallBase base = SmallBase.at(Path.of(arguments[0]));
      base.assertRefuses(Path.of(arguments[1]), arguments[2]);
    }
  }

  @Test
  void aDirectoryOfTenMillionEntriesIsRefusedInLittleMemory() throws Exception {
    Path archive = folder.resolve("many.zip");

    writeDirectory(archive, MANY, MANY);
    refuses(archive, "archive-too-many-entries");
    writeEnd(archive, MANY, 100);
    refuses(archive, "archive-corrupt");
  }

  @Test
  void asManyEntriesAsAllowedFitIntoLittleMemory() throws Exception {
    Path archive = folder.resolve("allowed.zip");

    writeDirectory(archive, ArchiveRules.MOST_ENTRIES, ArchiveRules.MOST_ENTRIES);
    refuses(archive, "archive-bomb");
  }

  private void refuses(Path archive, String code) throws Exception {
    JvmOfItsOwn.plain()
        .options("-Xmx64m")
        .run(Refusal.class, folder.resolve("grid_pool"), archive, code);
  }

  /** A directory of entries that all point at one empty file. */
  private static void writeDirectory(Path archive, int entries, int declared) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16)) {
      byte[] name = "pool/00000000".getBytes(StandardCharsets.US_ASCII);
      ByteBuffer header =
          ByteBuffer.allocate(46 + name.length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(0, 0x02014b50)
              .putShort(4, (short) 0x0314)
              .putInt(16, (int) new CRC32().getValue())
              .putShort(28, (short) name.length)
              .putInt(38, 0100644 << 16);
      header.put(46, name);
      for (int i = 0; i < entries; i++) {
        int rest = i;
        for (int digit = 0; digit < 8; digit++) {
          header.put(46 + name.length - 1 - digit, (byte) ('0' + rest % 10));
          rest /= 10;
        }
        out.write(header.array());
      }
    }
    writeEnd(archive, entries, declared);
  }

  private static void writeEnd(Path archive, int entries, int declared) throws IOException {
    long size = entries * 59L;
    ByteBuffer end = ByteBuffer.allocate(56 + 20 + 22).order(ByteOrder.LITTLE_ENDIAN);
    end.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
    end.putInt(0).putInt(0).putLong(declared).putLong(declared).putLong(size).putLong(0);
    end.putInt(0x07064b50).putInt(0).putLong(size).putInt(1);
    end.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0).flip();
    try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
      file.write(end, size);
    }
  }
}
