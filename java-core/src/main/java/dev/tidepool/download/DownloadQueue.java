package dev.tidepool.download;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is still to be downloaded, in {@code queue.json}, so that whoever comes after an interrupted
 * run can go on. An unreadable file counts as an empty one: the parts that came are told by their
 * own names.
 *
 * <pre>{@code
 * {"version":1,"files":[{"addresses":["https://…"],"target":"/models/loras/sea.safetensors",
 *   "size":123,"sha256":"…","blake3":"…"}]}
 * }</pre>
 *
 * <p>Thread-safe, also between processes.
 */
final class DownloadQueue {
  private static final int VERSION = 1;

  private final Path folder;
  private final StoreLocks locks;

  DownloadQueue(Path folder, StoreLocks locks) {
    this.folder = folder;
    this.locks = locks;
  }

  List<WantedFile> all() {
    return StorageFailures.translate("read " + file(), this::read);
  }

  /** Adds files, in place of earlier ones with the same target. */
  void add(List<WantedFile> added) {
    change(
        files -> {
          files.removeIf(old -> added.stream().anyMatch(one -> one.target().equals(old.target())));
          files.addAll(added);
        });
  }

  void remove(List<WantedFile> done) {
    Set<Path> targets = done.stream().map(WantedFile::target).collect(Collectors.toSet());
    change(files -> files.removeIf(one -> targets.contains(one.target())));
  }

  private interface Edit {
    void apply(List<WantedFile> files);
  }

  private void change(Edit edit) {
    StorageFailures.translate(
        "write " + file(),
        () -> {
          Files.createDirectories(folder);
          return locks
              .of(folder)
              .holding(
                  () -> {
                    List<WantedFile> files = new ArrayList<>(read());
                    edit.apply(files);
                    if (files.isEmpty()) {
                      Files.deleteIfExists(file());
                      Folders.sync(folder);
                    } else {
                      AtomicFiles.write(file(), JsonTree.write(json(files)));
                    }
                    return files;
                  });
        });
  }

  private Path file() {
    return folder.resolve("queue.json");
  }

  private List<WantedFile> read() throws IOException {
    List<WantedFile> files = new ArrayList<>();
    try {
      JsonNode json = JsonTree.read(Files.readAllBytes(file()));
      if (json.path("version").asInt() == VERSION) {
        json.path("files").forEach(one -> files.add(file(one)));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (JacksonException | IllegalArgumentException e) {
      return List.of();
    }
    return files;
  }

  private static WantedFile file(JsonNode json) {
    List<URI> addresses = new ArrayList<>();
    json.path("addresses").forEach(one -> addresses.add(URI.create(one.asText())));
    return new WantedFile(
        addresses,
        Path.of(json.path("target").asText()),
        json.path("size").asLong(-1),
        Optional.ofNullable(json.path("sha256").textValue()),
        Optional.ofNullable(json.path("blake3").textValue()));
  }

  private static JsonNode json(List<WantedFile> files) {
    ObjectNode json = JsonTree.object();
    json.put("version", VERSION);
    ArrayNode list = json.putArray("files");
    for (WantedFile file : files) {
      ObjectNode one = list.addObject();
      ArrayNode addresses = one.putArray("addresses");
      file.addresses().forEach(address -> addresses.add(address.toString()));
      one.put("target", file.target().toString());
      one.put("size", file.size());
      file.sha256().ifPresent(digits -> one.put("sha256", digits));
      file.blake3().ifPresent(digits -> one.put("blake3", digits));
    }
    return json;
  }
}
