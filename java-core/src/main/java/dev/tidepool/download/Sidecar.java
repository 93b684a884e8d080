package dev.tidepool.download;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What is known of a part that came, in a small file beside it:
 *
 * <pre>
 * .tidepool-3f1c….part        the bytes that came, from the first on
 * .tidepool-3f1c….part.json   {"address":"9f86d081…","validator":"\"a1b2\"","size":123}
 * </pre>
 *
 * @param address the SHA-256 of where it came from, which itself may be a secret
 * @param validator what the server calls this state of the file, for {@code If-Range} (RFC 9110,
 *     section 13.1.5): a strong entity tag, or a date; may be empty
 * @param size of the whole file; -1 when the server did not say
 */
record Sidecar(String address, String validator, long size) {
  static final Sidecar NONE = new Sidecar("", "", -1);

  static Sidecar of(URI address, String validator, long size) {
    return new Sidecar(Sha256.of(address.toString()), validator, size);
  }

  /** Whether it names a state of what is at that address. */
  boolean isStateOf(URI uri) {
    return !validator.isEmpty() && address.equals(Sha256.of(uri.toString()));
  }

  /** Where the part of a file is, in the same folder. */
  static Path part(WantedFile wanted) {
    String digits = Sha256.of(wanted.name()).substring(0, 16);
    return wanted.folder().resolve(".tidepool-" + digits + ".part");
  }

  static Path of(Path part) {
    return part.resolveSibling(part.getFileName() + ".json");
  }

  /** What is known of a part; nothing when the file is missing or damaged. */
  static Sidecar read(Path part) throws IOException {
    try {
      JsonNode json = JsonTree.read(Files.readAllBytes(of(part)));
      return new Sidecar(
          json.path("address").asText(""),
          json.path("validator").asText(""),
          json.path("size").asLong(-1));
    } catch (NoSuchFileException | JacksonException e) {
      return NONE;
    }
  }

  void write(Path part) throws IOException {
    ObjectNode json = JsonTree.object();
    json.put("address", address);
    json.put("validator", validator);
    json.put("size", size);
    AtomicFiles.write(of(part), JsonTree.write(json));
  }
}
