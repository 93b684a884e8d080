package dev.tidepool.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An upload in parts that is under way, in a small file that outlives the process. Each bundle that
 * is sent to one address has its own, {@code upload-9f86d081884c7d65.json} after its SHA-256: a
 * store may not let the upload of another be ended.
 *
 * <pre>{@code
 * {"version":1,"address":"s3://bucket/portrait_bundle.tar.gz","upload":"2~x…","part":8388608,
 *   "size":104857600,"sha256":"…"}
 * }</pre>
 *
 * @param upload what the store calls it
 * @param part how many bytes each part has but the last
 */
record PushState(String address, String upload, long part, long size, String sha256) {
  private static final int VERSION = 1;

  private static final String NAME = "upload-";

  /** Where that of a file is. */
  static Path file(Path folder, Parcel parcel) {
    return folder.resolve(NAME + parcel.sha256().substring(0, 16) + ".json");
  }

  /** Where those of all files are. */
  static List<Path> all(Path folder) {
    return StorageFailures.translate(
        "look into " + folder,
        () ->
            Folders.children(folder).stream()
                .filter(each -> String.valueOf(each.getFileName()).startsWith(NAME))
                .toList());
  }

  /** Whether it is of this file. */
  boolean isOf(Parcel parcel) {
    return size == parcel.size() && sha256.equals(parcel.sha256());
  }

  /** What is under way; nothing when the file is missing or damaged. */
  static Optional<PushState> read(Path file) {
    return StorageFailures.translate(
        "read " + file,
        () -> {
          try {
            JsonNode json = JsonTree.read(Files.readAllBytes(file));
            PushState state =
                new PushState(
                    json.path("address").asText(),
                    json.path("upload").asText(),
                    json.path("part").asLong(),
                    json.path("size").asLong(),
                    json.path("sha256").asText());
            boolean usable =
                json.path("version").asInt() == VERSION
                    && !state.upload().isEmpty()
                    && state.part() > 0;
            return usable ? Optional.of(state) : Optional.empty();
          } catch (NoSuchFileException | JacksonException e) {
            return Optional.empty();
          }
        });
  }

  void write(Path file) {
    ObjectNode json = JsonTree.object();
    json.put("version", VERSION);
    json.put("address", address);
    json.put("upload", upload);
    json.put("part", part);
    json.put("size", size);
    json.put("sha256", sha256);
    StorageFailures.translate(
        "write " + file,
        () -> {
          AtomicFiles.write(file, JsonTree.write(json));
          return file;
        });
  }

  static void forget(Path file) {
    StorageFailures.translate("remove " + file, () -> removed(file));
  }

  private static boolean removed(Path file) throws IOException {
    boolean was = Files.deleteIfExists(file);
    if (was && file.getParent() != null) {
      Folders.sync(file.getParent());
    }
    return was;
  }
}
