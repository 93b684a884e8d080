package dev.tidepool.loader;

import dev.tidepool.hash.Sha256;
import dev.tidepool.io.StorageFailures;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an installed ComfyUI told when {@link InstalledComfyUi} asked it last, perhaps before a node
 * pack was changed. Reading it starts nothing.
 *
 * @param comfyUi the folder of the ComfyUI, absolute
 * @param cache the folder for answers; need not exist
 */
public record KeptFacts(Path comfyUi, Path cache) {
  /** What it told, if that is kept. */
  public Optional<NodeFacts> facts() {
    return read().flatMap(FactsStamp::anyContent).map(FactsFormat::read);
  }

  /** Names the answer: another answer has another name. */
  public String name() {
    Path file = file();
    return StorageFailures.translate(
            "read " + file,
            () -> {
              if (!Files.isRegularFile(file)) {
                return Optional.<byte[]>empty();
              }
              try (InputStream in = Files.newInputStream(file)) {
                return Optional.of(in.readNBytes(FactsStamp.HEAD));
              }
            })
        .flatMap(FactsStamp::digestOf)
        .orElse("none");
  }

  Optional<byte[]> read() {
    Path file = file();
    return StorageFailures.translate(
        "read " + file,
        () -> Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty());
  }

  Path file() {
    return cache.resolve(Sha256.of(comfyUi.toString()).substring(0, 16) + ".json");
  }
}
