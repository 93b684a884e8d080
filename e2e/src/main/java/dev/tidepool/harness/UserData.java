package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the server keeps for its user: settings, and files such as saved workflows. Thread-safe. */
public final class UserData {
  private final ComfyApi api;

  UserData(ComfyApi api) {
    this.api = api;
  }

  /** All settings that were ever changed. */
  public JsonNode settings() {
    return api.get("/settings");
  }

  /** A setting as the server has it; empty while it is at its default. */
  public Optional<JsonNode> setting(String id) {
    return Optional.of(api.get("/settings/" + id)).filter(value -> !value.isNull());
  }

  /** Presets settings, for every page opened from now on. */
  public void set(Map<String, ?> settings) {
    api.post("/settings", settings).successful();
  }

  /** The files of a folder and below, by their paths in it; empty when there is no such folder. */
  public List<String> list(String folder) {
    Answer answer =
        api.send("GET", "/userdata?recurse=true&split=false&dir=" + ComfyApi.encode(folder));
    List<String> files = new ArrayList<>();
    if (answer.status() != 404) {
      answer.successful().json().forEach(file -> files.add(file.asText()));
    }
    return files.stream().sorted().toList();
  }

  /** A file's content; empty when there is no such file. */
  public Optional<byte[]> read(String path) {
    Answer answer = api.send("GET", file(path));
    return answer.status() == 404 ? Optional.empty() : Optional.of(answer.successful().body());
  }

  /** Writes a file, in place of one that is there. */
  public void write(String path, byte[] content) {
    api.exchange(
            api.request(file(path)).POST(HttpRequest.BodyPublishers.ofByteArray(content)).build())
        .successful();
  }

  /** Deletes a file that is there. */
  public void delete(String path) {
    api.send("DELETE", file(path)).successful();
  }

  private static String file(String path) {
    // A space in a path is no plus.
    return "/userdata/" + ComfyApi.encode(path).replace("+", "%20");
  }
}
