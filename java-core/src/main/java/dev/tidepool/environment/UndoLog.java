package dev.tidepool.environment;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The undo log of one change, a file of JSON lines. The first says what the change is, each other
 * is an {@link Entry}; a last line without its end is of a process that died while it wrote, before
 * it did what the line says.
 *
 * <pre>
 * {"format":1,"what":"commit"}
 * {"do":"replace","file":".cec/pyproject.toml","kept":".tidepool/change/kept/1","sha256":"…"}
 * {"do":"move","from":"ComfyUI/custom_nodes/x","to":".tidepool/trash/…/x"}
 * </pre>
 *
 * <p>Paths are relative to the environment's folder where they are in it.
 */
final class UndoLog {
  private static final int FORMAT = 1;

  private final Path file;
  private final Path environment;
  private final Disk disk;

  UndoLog(Path file, Path environment, Disk disk) {
    this.file = file;
    this.environment = environment;
    this.disk = disk;
  }

  void begin(String what) throws IOException {
    ObjectNode line = JsonTree.object();
    line.put("format", FORMAT);
    line.put("what", what);
    Path prepared = file.resolveSibling("log.new");
    disk.create(Map.of(prepared, line(line)));
    disk.move(prepared, file);
  }

  void add(List<Entry> entries) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Entry entry : entries) {
      lines.writeBytes(line(json(entry)));
    }
    disk.append(file, lines.toByteArray());
  }

  /** What the change is, in the words of the command. */
  String what() throws IOException {
    List<JsonNode> lines = lines();
    return lines.isEmpty() ? "" : lines.get(0).path("what").asText();
  }

  /** The entries in the order of what happened. */
  List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode line : lines()) {
      entry(line).ifPresent(entries::add);
    }
    return entries;
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    int begin = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
      try {
        lines.add(JsonTree.read(text.substring(begin, end).getBytes(StandardCharsets.UTF_8)));
      } catch (JacksonException e) {
        throw new IOException("the undo log " + file + " is damaged", e);
      }
      begin = end + 1;
    }
    return lines;
  }

  private ObjectNode json(Entry entry) {
    ObjectNode json = JsonTree.object();
    if (entry instanceof Entry.FolderMade made) {
      json.put("do", "folder").put("folder", text(made.folder()));
    } else if (entry instanceof Entry.FileMade made) {
      json.put("do", "create").put("file", text(made.file())).put("sha256", made.sha256());
    } else if (entry instanceof Entry.FileReplaced replaced) {
      json.put("do", "replace").put("file", text(replaced.file()));
      json.put("kept", text(replaced.kept())).put("sha256", replaced.sha256());
    } else if (entry instanceof Entry.Moved moved) {
      json.put("do", "move").put("from", text(moved.from())).put("to", text(moved.to()));
    } else if (entry instanceof Entry.FolderChanged changed) {
      json.put("do", "change").put("folder", text(changed.folder()));
      json.put("kept", text(changed.twin()));
    } else if (entry instanceof Entry.Appears appears) {
      json.put("do", "appear").put("path", text(appears.path()));
    } else if (entry instanceof Entry.HistoryChanged changed) {
      json.put("do", "history").put("repository", text(changed.repository()));
      json.put("kept", text(changed.kept()));
    }
    return json;
  }

  private Optional<Entry> entry(JsonNode json) throws IOException {
    if (!json.has("do")) {
      if (json.path("format").asInt() != FORMAT) {
        throw new IOException(
            "the undo log " + file + " was written by another version of Tidepool");
      }
      return Optional.empty();
    }
    String sha256 = json.path("sha256").asText();
    return Optional.of(
        switch (json.path("do").asText()) {
          case "folder" -> new Entry.FolderMade(path(json, "folder"));
          case "create" -> new Entry.FileMade(path(json, "file"), sha256);
          case "replace" -> new Entry.FileReplaced(path(json, "file"), path(json, "kept"), sha256);
          case "move" -> new Entry.Moved(path(json, "from"), path(json, "to"));
          case "change" -> new Entry.FolderChanged(path(json, "folder"), path(json, "kept"));
          case "appear" -> new Entry.Appears(path(json, "path"));
          case "history" -> new Entry.HistoryChanged(path(json, "repository"), path(json, "kept"));
          default -> throw new IOException("the undo log " + file + " is damaged");
        });
  }

  private String text(Path path) {
    return path.startsWith(environment) ? environment.relativize(path).toString() : path.toString();
  }

  private Path path(JsonNode json, String field) {
    return environment.resolve(json.path(field).asText());
  }

  private static byte[] line(ObjectNode json) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes(JsonTree.write(json));
    line.write('\n');
    return line.toByteArray();
  }
}
