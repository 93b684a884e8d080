package dev.tidepool.io;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names for files that come to where others may lie, none of which is ever overwritten. */
public final class FreeNames {
  private FreeNames() {}

  /** Tells whether a file is what is to get a name. */
  @FunctionalInterface
  public interface Same {
    /** Whether that file is the same. */
    boolean test(Path file) throws IOException;
  }

  /**
   * Gives a file a name, or the next free one: {@code sea (2).safetensors}. It keeps its old name
   * as well where the system has links.
   *
   * @param prepared in the same folder, or on the same device
   * @param same whether what has a name already is the same file; then that is its name
   * @return the name that it has
   */
  public static Path take(Path prepared, Path target, Same same) throws IOException {
    for (int number = 1; ; number++) {
      Path name = number == 1 ? target : numbered(target, number);
      if (Folders.isThere(name)) {
        if (same.test(name)) {
          return name;
        }
        continue;
      }
      try {
        // Unlike a move, a link never takes the place of what another program put there meanwhile.
        Files.createLink(name, prepared);
      } catch (FileAlreadyExistsException e) {
        continue;
      } catch (UnsupportedOperationException | FileSystemException e) {
        Files.move(prepared, name);
      }
      Folders.sync(name.toAbsolutePath().resolveSibling(""));
      return name;
    }
  }

  /** The name with a number before its extension. */
  public static Path numbered(Path target, int number) {
    String name = String.valueOf(target.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot <= 0 ? name : name.substring(0, dot);
    String end = dot <= 0 ? "" : name.substring(dot);
    return target.resolveSibling(stem + " (" + number + ")" + end);
  }
}
