package dev.tidepool.model;

import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A row of {@code model_locations}, with what its model's row says.
 *
 * @param stamp the file's state when its key was made; meaningless unless {@code stamped}
 * @param stamped whether we made the row; what ComfyDock writes has no such stamp
 * @param own whether the key is ours, not one of another scheme
 * @param pythonTime ComfyDock's time of change, in seconds since the epoch
 */
record KnownFile(
    long id,
    String key,
    String root,
    String relative,
    Stamp stamp,
    boolean stamped,
    boolean own,
    double pythonTime,
    boolean missing,
    boolean folder) {

  String place() {
    return FoundFile.place(root, relative);
  }

  /** Whether something lies at the place, whatever it is. */
  boolean exists() {
    try {
      return Folders.isThere(Path.of(root, relative));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether what lies at the place still is what the key was made of. */
  boolean isCurrent() {
    try {
      Path path = Path.of(root, relative);
      Stamp now =
          folder
              ? Walk.folder(path).stamp()
              : Stamp.of(Files.readAttributes(path, BasicFileAttributes.class));
      return stamped
          ? stamp.equals(now)
          : stamp.size() == now.size() && now.hasPythonTime(pythonTime);
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  /** Whether the key still holds for the file that lies there now. */
  boolean holdsFor(FoundFile found) {
    return own && stamped && folder == found.isFolder() && stamp.equals(found.stamp());
  }

  /** Whether somebody else's row is about the file that lies there now. */
  boolean isAbout(FoundFile found) {
    return stamp.size() == found.stamp().size()
        && folder == found.isFolder()
        && found.stamp().hasPythonTime(pythonTime);
  }
}
