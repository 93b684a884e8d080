package dev.tidepool.environment;

import dev.tidepool.hash.Sha256;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes a change back, from the last entry of its log to the first. Each entry is taken back by
 * renaming and deleting only, which a full disk allows, and can be taken back again after a process
 * died while it did so. What is found in the place of something old and is not what the change put
 * there came from the user meanwhile: it goes to the trash.
 */
final class Undo {
  private final ChangeFolder change;
  private final EnvironmentTrash trash;
  private final Disk disk;

  Undo(ChangeFolder change, EnvironmentTrash trash, Disk disk) {
    this.change = change;
    this.trash = trash;
    this.disk = disk;
  }

  void run(List<Entry> entries) throws IOException {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      if (entry instanceof Entry.FolderMade made) {
        folder(made.folder());
      } else if (entry instanceof Entry.FileMade made) {
        file(made);
      } else if (entry instanceof Entry.FileReplaced replaced) {
        file(replaced);
      } else if (entry instanceof Entry.Moved moved) {
        move(moved);
      } else if (entry instanceof Entry.FolderChanged changed) {
        bringBack(changed.folder(), changed.twin(), i);
      } else if (entry instanceof Entry.Appears appears && Folders.isThere(appears.path())) {
        setAside(appears.path(), i);
      } else if (entry instanceof Entry.HistoryChanged changed) {
        new GitNames(changed.repository(), disk).bringBack(changed.kept());
      }
    }
  }

  private void folder(Path folder) throws IOException {
    if (Folders.isReal(folder) && Folders.children(folder).isEmpty()) {
      disk.delete(folder);
    }
  }

  private void file(Entry.FileMade made) throws IOException {
    if (isOurs(made.file(), made.sha256())) {
      disk.delete(made.file());
    }
  }

  private void file(Entry.FileReplaced replaced) throws IOException {
    if (!Folders.isThere(replaced.kept())) {
      return;
    }
    if (Folders.isThere(replaced.file())
        && !isSame(replaced.file(), replaced.kept())
        && !isOurs(replaced.file(), replaced.sha256())) {
      trash.take(replaced.file());
    }
    disk.move(replaced.kept(), replaced.file());
    // Two names of one file stay both when one is renamed over the other.
    disk.delete(replaced.kept());
  }

  private void move(Entry.Moved moved) throws IOException {
    if (!Folders.isThere(moved.to())) {
      return;
    }
    if (Folders.isThere(moved.from())) {
      boolean kept = moved.to().startsWith(change.kept()) || trash.holds(moved.to());
      if (!kept) {
        // It did not happen, or was taken back; something else has come there since.
        return;
      }
      trash.take(moved.from());
    }
    disk.move(moved.to(), moved.from());
  }

  private void bringBack(Path folder, Path twin, int number) throws IOException {
    if (Folders.isThere(twin)) {
      if (Folders.isThere(folder)) {
        setAside(folder, number);
      }
      disk.move(twin, folder);
    }
  }

  private void setAside(Path path, int number) throws IOException {
    Path aside = change.undone().resolve(Integer.toString(number));
    disk.delete(aside);
    disk.move(path, aside);
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    return Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)
        && Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)
        && Files.mismatch(one, other) < 0;
  }

  private static boolean isOurs(Path file, String sha256) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Sha256.of(Files.readAllBytes(file)).equals(sha256);
  }
}
