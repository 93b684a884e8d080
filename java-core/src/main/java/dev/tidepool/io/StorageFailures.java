package dev.tidepool.io;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.Locale;

/** Turns failures of the file system into errors that a user can act on. */
public final class StorageFailures {
  private StorageFailures() {}

  /**
   * Does the work and translates what fails.
   *
   * @param doing what is being done, as it follows "Cannot": {@code create the profile "Sea"}
   * @throws TidepoolException with one of the codes {@code disk-full}, {@code storage-denied},
   *     {@code storage-name-unsupported}, {@code stopped} or {@code storage-failed}; other Tidepool
   *     errors pass unchanged
   */
  public static <T> T translate(String doing, IoWork<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw translated(doing, e);
    } catch (InvalidPathException e) {
      throw new TidepoolException(
          e,
          ErrorKind.STORAGE,
          "storage-name-unsupported",
          "Cannot "
              + doing
              + ": this system cannot name the file "
              + Texts.quoted(e.getInput())
              + ".",
          "Set LC_ALL=C.UTF-8 in the environment, then start again.");
    }
  }

  private static TidepoolException translated(String doing, IOException e) {
    String reason = reason(e);
    if (e instanceof ClosedByInterruptException
        || e instanceof FileLockInterruptionException
        || e instanceof InterruptedIOException) {
      return new TidepoolException(
          e, ErrorKind.STOPPED, "stopped", "Stopped before it was done: " + doing + ".");
    }
    if (isFull(reason)) {
      return new TidepoolException(
          e,
          ErrorKind.NO_SPACE,
          "disk-full",
          "Cannot " + doing + ": no space is left on the device.",
          "Free some space, then try again. Nothing was changed.");
    }
    if (e instanceof AccessDeniedException || reason.contains("Read-only file system")) {
      return new TidepoolException(
          e,
          ErrorKind.STORAGE,
          "storage-denied",
          "Cannot " + doing + ": access to " + place(e) + " is denied.",
          "Check the owner and the permissions of that folder.");
    }
    return new TidepoolException(
        e, ErrorKind.STORAGE, "storage-failed", "Cannot " + doing + ": " + place(e) + reason + ".");
  }

  private static boolean isFull(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return lower.contains("no space left")
        || lower.contains("disk quota exceeded")
        || lower.contains("not enough space");
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException failure) {
      return failure.getReason() != null ? failure.getReason() : kindOf(failure);
    }
    return e.getMessage() != null ? e.getMessage() : "the file system gave no reason";
  }

  private static String kindOf(FileSystemException failure) {
    return switch (failure.getClass().getSimpleName()) {
      case "NoSuchFileException" -> "no such file or folder";
      case "FileAlreadyExistsException" -> "a file is in the way";
      case "NotDirectoryException" -> "not a folder";
      case "DirectoryNotEmptyException" -> "the folder is not empty";
      default -> "the file system gave no reason";
    };
  }

  private static String place(IOException e) {
    if (e instanceof FileSystemException failure && failure.getFile() != null) {
      return failure.getFile() + (e instanceof AccessDeniedException ? "" : ": ");
    }
    return "";
  }
}
