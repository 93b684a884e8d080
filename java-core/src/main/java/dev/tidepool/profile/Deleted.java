package dev.tidepool.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.Texts;
import dev.tidepool.pool.Trash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds deleted profiles in the trash. */
final class Deleted {
  private final Trash trash;
  private final RegistryFile file;

  Deleted(Trash trash, RegistryFile file) {
    this.trash = trash;
    this.file = file;
  }

  /** Where the profile lies that was deleted last under this id, or else under this name. */
  Optional<Path> newest(String idOrName) throws IOException {
    List<String> ids = trash.ids(ProfileChanges.TRASH);
    if (ids.contains(idOrName)) {
      return trash.find(ProfileChanges.TRASH, idOrName).stream().findFirst();
    }
    String key = Texts.key(idOrName.strip());
    List<Path> found = new ArrayList<>();
    for (String id : ids) {
      for (Path place : trash.find(ProfileChanges.TRASH, id)) {
        Optional<ObjectNode> entry = file.meta(place);
        if (entry.filter(e -> Texts.key(e.path("name").asText()).equals(key)).isPresent()) {
          found.add(place);
        }
      }
    }
    return found.stream()
        .max(Comparator.comparingLong(place -> Long.parseLong(place.getFileName().toString())));
  }
}
