package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client for ComfyUI's HTTP API and for the routes that packs add to it. Thread-safe. */
public final class ComfyApi {
  private static final Duration PROMPT_LIMIT = Duration.ofSeconds(60);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Patience.USUAL)
          .build();
  private final URI address;
  private final String user;

  /** A client for the server at this address. */
  public ComfyApi(URI address) {
    this(address, "");
  }

  private ComfyApi(URI address, String user) {
    this.address = address;
    this.user = user;
  }

  /** The same as this user of a server that has several, by id. */
  public ComfyApi as(String userId) {
    return new ComfyApi(address, userId);
  }

  /** The server's address. */
  public URI address() {
    return address;
  }

  /** An empty JSON object to fill. */
  public ObjectNode object() {
    return json.createObjectNode();
  }

  /** Sends a request without a body, and returns whatever is answered. */
  public Answer send(String method, String path) {
    return exchange(request(path).method(method, HttpRequest.BodyPublishers.noBody()).build());
  }

  /** Posts JSON, and returns whatever is answered. */
  public Answer post(String path, Object body) {
    HttpRequest.BodyPublisher publisher =
        HttpRequest.BodyPublishers.ofString(json.valueToTree(body).toString());
    return exchange(
        request(path).header("Content-Type", "application/json").POST(publisher).build());
  }

  /** Posts a form with files, and returns whatever is answered. */
  public Answer post(String path, Multipart form) {
    HttpRequest.BodyPublisher publisher = HttpRequest.BodyPublishers.ofByteArray(form.body());
    return exchange(
        request(path)
            .header("Content-Type", form.contentType())
            // What the page's own client sends; a form of another site cannot.
            .setHeader("Comfy-User", user)
            .POST(publisher)
            .build());
  }

  /** Gets JSON. */
  public JsonNode get(String path) {
    return send("GET", path).successful().json();
  }

  /** Encodes a value for use in a query. */
  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Whether the server answers already. */
  boolean isReady() {
    try {
      HttpRequest request = request("/object_info/LoadImage").build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      // Nobody listens yet.
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** All nodes with their inputs and outputs. */
  public JsonNode objectInfo() {
    return get("/object_info");
  }

  /** One node's inputs and outputs. */
  public JsonNode objectInfo(String node) {
    return get("/object_info/" + encode(node)).path(node);
  }

  /** Those of the nodes that the server lacks, sorted. */
  List<String> missing(List<String> nodes) {
    JsonNode known = objectInfo();
    return nodes.stream().filter(node -> !known.has(node)).sorted().toList();
  }

  /**
   * Makes a user of a server that has several.
   *
   * @return the user's id; nothing on a server with one user
   */
  Optional<String> newUser(String name) {
    // Only a server with several users tells who they are.
    return get("/users").has("users")
        ? Optional.of(post("/users", Map.of("username", name)).successful().json().asText())
        : Optional.empty();
  }

  /** What the server says of itself and its machine. */
  public SystemStats systemStats() {
    return SystemStats.of(get("/system_stats"));
  }

  /** The queue, and the history of what was run. */
  public PromptQueue queue() {
    return new PromptQueue(this);
  }

  /** Images on their way in and out. */
  public ServerFiles files() {
    return new ServerFiles(this);
  }

  /** The user's settings and files. */
  public UserData userData() {
    return new UserData(this);
  }

  /** Opens the websocket: what happens from now on is kept until it is closed. */
  public EventLog events() {
    return EventLog.open(this, client);
  }

  /** Presets settings of the page, for every page opened from now on. */
  public void settings(Map<String, ?> settings) {
    userData().set(settings);
  }

  /**
   * Queues a graph in API format. Nobody hears of its events; see {@link EventLog#prompt}.
   *
   * @return the prompt's id
   */
  public String prompt(JsonNode graph) {
    ObjectNode body = object();
    body.set("prompt", graph);
    return queue(body);
  }

  /** Queues a graph on behalf of a client of the websocket. */
  String prompt(JsonNode graph, String client) {
    ObjectNode body = object().put("client_id", client);
    body.set("prompt", graph);
    return queue(body);
  }

  private String queue(ObjectNode body) {
    return post("/prompt", body).successful().json().path("prompt_id").asText();
  }

  /** Queues a graph and waits for its result with timings; it may be a failure. */
  public PromptResult run(JsonNode graph) {
    try (EventLog events = events()) {
      return events.run(graph);
    }
  }

  /** Waits for the result of a prompt. The server may report success before the history has it. */
  public PromptResult result(String id) {
    return Patience.get("the result of prompt " + id, PROMPT_LIMIT, () -> queue().result(id));
  }

  /** Waits until nothing runs and nothing is queued. */
  public void awaitIdle() {
    Patience.until("an empty queue", PROMPT_LIMIT, () -> queue().length() == 0);
  }

  /** Stops the prompt that runs. */
  public void interrupt() {
    post("/interrupt", Map.of()).successful();
  }

  /** Lets go of loaded models and of all cached results, as soon as nothing runs. */
  public void free() {
    post("/free", Map.of("unload_models", true, "free_memory", true)).successful();
  }

  /** Stops what runs and forgets what is queued and what was run. */
  public void clear() {
    queue().clear();
    interrupt();
    awaitIdle();
    queue().forgetAll();
  }

  /**
   * Uploads an image into ComfyUI's input folder.
   *
   * @return the name it got there
   */
  public String upload(String name, byte[] content) {
    return files().upload(name, content).name();
  }

  /** Fetches a file that a node put out. */
  public byte[] view(PromptResult.OutputFile file) {
    return files().view(file);
  }

  /** Fetches and decodes an image that a node put out. */
  public BufferedImage image(PromptResult.OutputFile file) {
    return files().image(file);
  }

  /** A request to this server, to be filled and sent with {@link #exchange}. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofMinutes(1));
    return user.isEmpty() ? request : request.setHeader("Comfy-User", user);
  }

  /** Sends a request, and returns whatever is answered. */
  public Answer exchange(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      String name = request.method() + " " + request.uri().getPath();
      return new Answer(name, response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for ComfyUI", e);
  }
}
