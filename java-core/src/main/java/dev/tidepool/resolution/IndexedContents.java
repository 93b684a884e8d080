package dev.tidepool.resolution;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.model.IndexedFile;
import dev.tidepool.model.ModelIndex;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the index of models knows of contents, as long as the files are as they were. Opened anew
 * for each question, so that several threads can ask. An index that cannot be read knows nothing:
 * names can be compared without it.
 */
public final class IndexedContents implements Contents {
  private static final Set<String> TYPES = Set.of(KEY, "SHA256", "BLAKE3");

  private final Path database;
  private final Clock clock;

  /** Asks the index in this file, which need not exist. */
  public IndexedContents(Path database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Collection<Path> having(ModelHash hash) {
    if (!TYPES.contains(hash.type()) || hash.hash().isEmpty()) {
      return List.of();
    }
    return ask(index -> files(index, hash), List.of());
  }

  private static Collection<Path> files(ModelIndex index, ModelHash hash) {
    Set<Path> files = new LinkedHashSet<>();
    index.find(hash.hash()).stream()
        .filter(
            model ->
                hash.hash().equals(model.key())
                    || hash.hash().equals(model.sha256())
                    || hash.hash().equals(model.blake3()))
        .flatMap(model -> model.files().stream())
        .filter(file -> !file.missing() && index.isCurrent(file))
        .forEach(file -> files.add(file.path()));
    return files;
  }

  @Override
  public Optional<String> hashOf(Path file, String type) {
    if (!TYPES.contains(type)) {
      return Optional.empty();
    }
    // Where the size differs, the path need not be followed.
    long size = file.toFile().length();
    Path real = Folders.real(file);
    return ask(
        index ->
            index.files().stream()
                .filter(known -> !known.missing())
                .filter(known -> known.folder() || known.size() == size)
                .filter(known -> Folders.real(known.path()).equals(real))
                .filter(index::isCurrent)
                .flatMap(known -> Optional.ofNullable(hash(known, type)).stream())
                .findFirst(),
        Optional.empty());
  }

  private static @Nullable String hash(IndexedFile file, String type) {
    return switch (type) {
      case "SHA256" -> file.sha256();
      case "BLAKE3" -> file.blake3();
      default -> file.key();
    };
  }

  private <T> T ask(Function<ModelIndex, T> question, T otherwise) {
    try (ModelIndex index = ModelIndex.openToRead(database, clock)) {
      return question.apply(index);
    } catch (TidepoolException e) {
      return otherwise;
    }
  }
}
