package dev.tidepool.loader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A ComfyUI that runs, asked over HTTP: {@code /object_info}, {@code /models} and {@code
 * /models/FOLDER}. It shows what its nodes offer; which folder that comes from is recognised by the
 * files, so that a folder without files, or with the same files as another, stays unknown. Not
 * thread-safe.
 */
public final class RunningComfyUi {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LARGEST = 256 << 20;
  private static final int MOST_FOLDERS = 1000;
  private static final Set<String> NO_MODELS = Set.of("custom_nodes", "datasets");

  private final URI address;
  private final HttpClient client;

  /**
   * The ComfyUI at an address.
   *
   * @param address such as {@code http://127.0.0.1:8188}
   */
  public RunningComfyUi(URI address) {
    String text = address.toString();
    this.address = URI.create(text.endsWith("/") ? text : text + "/");
    this.client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  }

  /**
   * What the ComfyUI tells of itself.
   *
   * @throws TidepoolException {@code comfyui-unreachable}, {@code comfyui-answer-invalid}, {@code
   *     stopped}
   */
  public NodeFacts ask() {
    Loaders builtIn = Loaders.builtIn();
    Map<String, List<String>> files = new LinkedHashMap<>();
    Map<String, ModelFolder> folders = new LinkedHashMap<>();
    for (String name : FactsFormat.texts(get("models"))) {
      if (!NO_MODELS.contains(name) && files.size() < MOST_FOLDERS) {
        String path = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        files.put(name, FactsFormat.texts(get("models/" + path)));
        if (builtIn.folder(name).isEmpty()) {
          folders.put(name, new ModelFolder(name, List.of(name), Set.of()));
        }
      }
    }
    return new NodeFacts(false, FactsFormat.nodes(get("object_info")), folders, files, List.of());
  }

  /**
   * Where it searches for the models of each folder, by the folder's name: {@code
   * /experiment/models}, of ComfyUIs from 0.3 on. Only of a ComfyUI on this machine, and only
   * directories that are here; nothing where it does not tell.
   *
   * @throws TidepoolException {@code stopped}
   */
  public Map<String, List<Path>> directories() {
    if (!isHere()) {
      return Map.of();
    }
    Map<String, List<Path>> directories = new HashMap<>();
    try {
      for (JsonNode folder : get("experiment/models")) {
        List<Path> paths = new ArrayList<>();
        for (String path : FactsFormat.texts(folder.path("folders"))) {
          directory(path).ifPresent(paths::add);
        }
        directories.put(folder.path("name").asText(), List.copyOf(paths));
      }
    } catch (TidepoolException e) {
      if (e.kind() == ErrorKind.STOPPED) {
        throw e;
      }
    }
    return directories;
  }

  private boolean isHere() {
    try {
      return InetAddress.getByName(String.valueOf(address.getHost())).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Optional<Path> directory(String text) {
    try {
      Path path = Path.of(text);
      return path.isAbsolute() && Files.isDirectory(path)
          ? Optional.of(path.normalize())
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private JsonNode get(String path) {
    URI uri = address.resolve(path);
    try {
      HttpResponse<InputStream> answer =
          client.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw unreachable(uri, "it answers with the status " + answer.statusCode(), null);
        }
        byte[] bytes = body.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
          throw unreachable(uri, "its answer is too long", null);
        }
        return FactsFormat.json(bytes, "The answer of " + uri);
      }
    } catch (InterruptedException | InterruptedIOException e) {
      Thread.currentThread().interrupt();
      throw new TidepoolException(
          e, ErrorKind.STOPPED, "stopped", "Stopped before it was done: ask " + uri + ".");
    } catch (IOException | IllegalArgumentException e) {
      throw unreachable(uri, "nothing answers there", e);
    }
  }

  private static TidepoolException unreachable(URI uri, String reason, @Nullable Exception cause) {
    String message = "Cannot ask the ComfyUI at " + uri + ": " + reason + ".";
    String hint = "Start it, or name its folder with --comfyui DIR instead.";
    return new TidepoolException(
        cause, ErrorKind.UNAVAILABLE, "comfyui-unreachable", message, hint);
  }
}
