package dev.tidepool.environment;

import java.nio.file.Path;

/**
 * One line of the undo log: what is about to happen, with all that is needed to take it back
 * whether it happened, did not, or was taken back already.
 */
sealed interface Entry {
  /** A folder was not there and is made. */
  record FolderMade(Path folder) implements Entry {}

  /** A file was not there and gets this content. */
  record FileMade(Path file, String sha256) implements Entry {}

  /** A file gets this content; its old self has a second name. */
  record FileReplaced(Path file, Path kept, String sha256) implements Entry {}

  /** Something moves to where nothing is. */
  record Moved(Path from, Path to) implements Entry {}

  /** Others change a folder; all of its old content is in its twin. */
  record FolderChanged(Path folder, Path twin) implements Entry {}

  /** Others make a file or a folder that was not there. */
  record Appears(Path path) implements Entry {}

  /** Git changes a repository; its branches, tags and index have second names in this folder. */
  record HistoryChanged(Path repository, Path kept) implements Entry {}
}
