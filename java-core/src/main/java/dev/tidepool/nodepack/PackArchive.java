package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.BackgroundSync;
import dev.tidepool.io.Folders;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * An archive with a pack, zip or tar.gz. It is read twice: checked whole, then unpacked, without
 * the one folder that may hold everything in it.
 */
final class PackArchive {
  private final Path file;
  private final String name;

  /**
   * An archive on disk.
   *
   * @param name what to call it in messages, such as the address that it came from
   */
  PackArchive(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  /**
   * Unpacks into a folder, which is made. When something goes wrong while it is written, what was
   * written stays there: the folder is the caller's to throw away.
   *
   * @throws TidepoolException what {@link ArchiveCheck} refuses; {@code archive-corrupt}, {@code
   *     archive-format-unknown}
   */
  void unpack(Path folder) throws IOException {
    unpack(folder, true);
  }

  /** Unpacks as {@link #unpack} does, with all folders that are in it. */
  void unpackAsItIs(Path folder) throws IOException {
    unpack(folder, false);
  }

  private void unpack(Path folder, boolean withoutTop) throws IOException {
    ArchiveFormat format =
        ArchiveFormat.of(file)
            .orElseThrow(
                () ->
                    new TidepoolException(
                        ErrorKind.UNSUPPORTED,
                        "archive-format-unknown",
                        "What came from " + name + " is neither a zip nor a tar.gz file.",
                        "Try again; if it stays so, tell whoever publishes the pack."));
    ArchiveCheck check = check(format);
    String top = withoutTop ? check.top() : "";
    Files.createDirectories(folder);
    try (BackgroundSync sync = new BackgroundSync()) {
      format.read(
          file,
          (member, content) -> {
            stopWhenInterrupted();
            String path = check.name(member);
            if (path.length() > top.length()) {
              Path target = folder.resolve(path.substring(top.length()));
              if (write(member, content, target)) {
                sync.add(target);
              }
            }
          });
      sync.finish();
    }
    Folders.sync(folder);
  }

  private ArchiveCheck check(ArchiveFormat format) throws IOException {
    ArchiveCheck check = new ArchiveCheck(name, Files.size(file));
    try {
      format.read(
          file,
          (member, content) -> {
            stopWhenInterrupted();
            check.visit(member, content);
          });
    } catch (InterruptedIOException | ClosedByInterruptException | FileSystemException e) {
      throw e;
    } catch (IOException e) {
      boolean cut = e instanceof EOFException;
      throw new TidepoolException(
          e,
          ErrorKind.MALFORMED,
          "archive-corrupt",
          "The archive " + name + (cut ? " ends too early." : " is damaged."),
          "Try again; if it stays so, tell whoever publishes the pack.");
    }
    check.finish();
    return check;
  }

  private static boolean write(ArchiveMember member, InputStream content, Path target)
      throws IOException {
    if (member.kind() == ArchiveMember.Kind.FOLDER) {
      Files.createDirectories(target);
      return false;
    }
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.copy(content, target);
    if (member.executable()
        && target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(target);
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      Files.setPosixFilePermissions(target, permissions);
    }
    return true;
  }

  private static void stopWhenInterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while unpacking");
    }
  }
}
