package dev.tidepool.node;

import dev.tidepool.io.Folders;
import dev.tidepool.io.Texts;
import dev.tidepool.nodepack.PackNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The folder {@code custom_nodes}: what is there by a name, in whatever case. */
final class CustomNodes {
  private final Path folder;

  CustomNodes(Path folder) {
    this.folder = folder;
  }

  /** Where a pack of this name belongs. */
  Path place(String name) {
    return folder.resolve(PackNames.folder(name));
  }

  /** Where a pack of this name lies when it is disabled. */
  Path disabled(String name) {
    return folder.resolve(PackNames.folder(name) + PackNames.DISABLED);
  }

  /** What is there by that name, or by one that differs in case only. */
  Optional<Path> find(String name) throws IOException {
    return among(name);
  }

  /** What is there by that name and disabled. */
  Optional<Path> findDisabled(String name) throws IOException {
    return among(name + PackNames.DISABLED);
  }

  /** A name of the form NAME-2, NAME-3… that nothing has. */
  Path free(String name) throws IOException {
    int number = 2;
    while (find(name + "-" + number).isPresent()) {
      number++;
    }
    return place(name + "-" + number);
  }

  private Optional<Path> among(String name) throws IOException {
    Path exact = folder.resolve(name);
    if (Folders.isThere(exact)) {
      return Optional.of(exact);
    }
    String key = Texts.key(name);
    return Folders.children(folder).stream()
        .filter(each -> Texts.key(String.valueOf(each.getFileName())).equals(key))
        .findFirst();
  }
}
