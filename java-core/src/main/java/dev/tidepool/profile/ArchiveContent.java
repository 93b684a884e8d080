package dev.tidepool.profile;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.BackgroundSync;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.io.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import net.lingala.zip4j.headers.HeaderReader;
import net.lingala.zip4j.model.FileHeader;
import net.lingala.zip4j.model.Zip4jConfig;
import net.lingala.zip4j.model.ZipModel;
import net.lingala.zip4j.model.enums.CompressionMethod;
import net.lingala.zip4j.util.UnzipUtil;
import org.jspecify.annotations.Nullable;

/** A profile archive whose entries were found to keep the rules. Nothing is unpacked before. */
final class ArchiveContent {
  private static final int BUFFER = 1 << 18;
  private static final int LARGEST_META = 1 << 20;
  private static final String META = "profile_meta.json";

  private final Path archive;
  private final ZipModel model;
  private final List<Packed> entries;
  private final String name;
  private final byte[] buffer = new byte[BUFFER];

  private record Packed(ArchiveRules.Entry entry, FileHeader header) {}

  private ArchiveContent(Path archive) throws IOException {
    this.archive = archive;
    this.model = readModel(archive);
    this.entries = describe(model);
    ArchiveRules.check(entries.stream().map(Packed::entry).toList(), Files.size(archive));
    this.name = readName();
  }

  /**
   * Opens an archive and checks it.
   *
   * @throws TidepoolException {@code file-not-found} or an {@code archive-…} code
   */
  static ArchiveContent check(Path archive) throws IOException {
    if (!Files.isRegularFile(archive)) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "file-not-found",
          "There is no file " + archive + ".",
          "Name a zip that tidepool profile export or ComfyUI's page wrote.");
    }
    return new ArchiveContent(archive);
  }

  /** The name that the archive gives its profile. */
  String name() {
    return ProfileName.require(name);
  }

  /** Refuses when the disk cannot hold what is to be unpacked. */
  void requireRoom(Path base) throws IOException {
    long needed = entries.stream().mapToLong(packed -> packed.entry().unpacked()).sum();
    Path existing = Folders.existing(base);
    long free = Files.getFileStore(existing).getUsableSpace();
    if (needed > free) {
      throw new TidepoolException(
          ErrorKind.NO_SPACE,
          "disk-full",
          "The archive needs " + needed + " bytes, and " + free + " are free in " + existing + ".",
          "Free some space, then try again. Nothing was changed.");
    }
  }

  /** Unpacks the pool's files into an empty folder, and to the device. */
  void extract(Path folder, Progress progress) throws IOException {
    progress.total(entries.stream().mapToLong(packed -> packed.entry().unpacked()).sum());
    try (BackgroundSync sync = new BackgroundSync()) {
      for (Packed packed : entries) {
        @Nullable Path target = ArchiveRules.inPool(packed.entry(), folder);
        if (target == null) {
          progress.advance(packed.entry().unpacked());
        } else if (packed.entry().folder()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.resolveSibling("."));
          unpackTo(target, packed, progress);
          sync.add(target);
        }
      }
      sync.finish();
    }
    Folders.syncTree(folder);
  }

  private void unpackTo(Path target, Packed packed, Progress progress) throws IOException {
    // Through a channel, so that an interrupt ends it.
    try (FileChannel channel =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      unpack(packed, out, progress);
    }
  }

  private void unpack(Packed packed, OutputStream out, Progress progress) throws IOException {
    String name = packed.entry().name();
    long left = packed.entry().unpacked();
    try (InputStream in = open(packed)) {
      int read = read(in, name);
      while (read >= 0) {
        left -= read;
        if (left < 0) {
          throw corrupt(Texts.quoted(name) + " is longer than declared");
        }
        out.write(buffer, 0, read);
        progress.advance(read);
        read = read(in, name);
      }
    }
    if (left > 0) {
      throw corrupt(Texts.quoted(name) + " is shorter than declared");
    }
  }

  private InputStream open(Packed packed) {
    try {
      return UnzipUtil.createZipInputStream(model, packed.header(), null);
    } catch (IOException | RuntimeException e) {
      throw damaged(e, packed.entry().name());
    }
  }

  private int read(InputStream in, String name) {
    try {
      return in.read(buffer);
    } catch (IOException | RuntimeException e) {
      throw damaged(e, name);
    }
  }

  private String readName() throws IOException {
    for (Packed packed : entries) {
      if (packed.entry().name().equals(META)) {
        if (packed.entry().unpacked() > LARGEST_META) {
          throw ArchiveRules.malformed("archive-not-a-profile", "Its " + META + " is too large.");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        unpack(packed, bytes, Progress.none());
        return ArchiveMeta.read(bytes.toByteArray()).name();
      }
    }
    throw new TidepoolException(
        ErrorKind.MALFORMED,
        "archive-not-a-profile",
        archive.getFileName() + " is no profile archive: it has no " + META + ".",
        "Choose a file that was made by a profile's export.");
  }

  private static ZipModel readModel(Path archive) throws IOException {
    try (FileChannel channel = FileChannel.open(archive)) {
      DirectoryScan.check(archive, channel);
    }
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "r")) {
      ZipModel model = new HeaderReader().readAllHeaders(file, new Zip4jConfig(null, BUFFER, true));
      model.setZipFile(archive.toFile());
      return model;
    } catch (IOException | RuntimeException e) {
      throw damaged(e, String.valueOf(archive.getFileName()));
    }
  }

  private static List<Packed> describe(ZipModel model) {
    List<Packed> entries = new ArrayList<>();
    for (FileHeader header : model.getCentralDirectory().getFileHeaders()) {
      if (header.getCompressionMethod() == CompressionMethod.STORE
          && header.getCompressedSize() != header.getUncompressedSize()
          && !header.isEncrypted()) {
        throw corrupt(Texts.quoted(header.getFileName()) + " has two sizes");
      }
      byte[] attributes = header.getExternalFileAttributes();
      int mode = (attributes[3] & 0xFF) << 8 | (attributes[2] & 0xFF);
      entries.add(
          new Packed(
              new ArchiveRules.Entry(
                  header.getFileName(),
                  header.isDirectory(),
                  header.getCompressedSize(),
                  header.getUncompressedSize(),
                  header.isEncrypted(),
                  mode),
              header));
    }
    return entries;
  }

  private static TidepoolException damaged(Exception cause, String what) {
    return new TidepoolException(
        cause,
        ErrorKind.MALFORMED,
        "archive-corrupt",
        "The archive is damaged at " + Texts.quoted(what) + ".",
        "Get the archive again. Nothing of it was taken.");
  }

  private static TidepoolException corrupt(String why) {
    return ArchiveRules.malformed("archive-corrupt", "The archive is damaged: " + why + ".");
  }
}
