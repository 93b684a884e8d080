package dev.tidepool.model;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read, in words that follow a colon. */
final class Reasons {
  private Reasons() {}

  static String of(Exception e) {
    if (e instanceof AccessDeniedException) {
      return "access is denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    Throwable cause = e.getCause();
    if (cause instanceof Exception inner && !(e instanceof java.io.IOException)) {
      return of(inner);
    }
    return e.getMessage() != null ? e.getMessage() : "the file system gave no reason";
  }
}
