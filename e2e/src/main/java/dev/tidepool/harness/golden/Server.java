package dev.tidepool.harness.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.harness.Answer;
import dev.tidepool.harness.ComfyApi;
import dev.tidepool.harness.EventLog;
import dev.tidepool.harness.Multipart;
import dev.tidepool.harness.Patience;
import dev.tidepool.harness.PromptQueue;
import dev.tidepool.harness.ServerEvent;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** The calls of ComfyUI's API that a test of workflows needs. To be used by one thread. */
final class Server implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final ComfyApi api;
  private final boolean ours;
  private final EventLog events;
  private boolean busy;

  /**
   * Connects.
   *
   * @param ours whether nobody else uses the server, so that its input files may be overwritten
   */
  Server(ComfyApi api, boolean ours) {
    this.api = api;
    this.ours = ours;
    this.events = connect(api);
  }

  private static EventLog connect(ComfyApi api) {
    try {
      return api.events();
    } catch (CompletionException | AssertionError e) {
      throw new GoldenException(
          "The server at " + api.address() + " does not answer: " + reason(e) + ".",
          "Is a ComfyUI running there?");
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static <T> T talk(Supplier<T> call) {
    try {
      return call.get();
    } catch (UncheckedIOException e) {
      throw new GoldenException(
          "ComfyUI does not answer any more: " + e.getCause() + ".", "Its log may say why.");
    }
  }

  private Answer post(String path, Object body) {
    return talk(() -> api.post(path, body));
  }

  /** Puts a file into the input folder. */
  void upload(String folder, String name, byte[] content) {
    String query =
        "/view?type=input&filename=%s&subfolder=%s"
            .formatted(ComfyApi.encode(name), ComfyApi.encode(folder));
    if (!ours) {
      Answer there = talk(() -> api.send("GET", query));
      if (there.status() == 200 && !Arrays.equals(there.body(), content)) {
        throw new GoldenException(
            "The server's input folder has another file " + name + ", which is not overwritten.",
            "Rename one of the two, or test with --comfyui, which starts a server of its own.");
      }
    }
    Multipart form =
        new Multipart()
            .file("image", name, content)
            .field("subfolder", folder)
            .field("overwrite", "true");
    Answer answer = talk(() -> api.post("/upload/image", form));
    if (answer.status() != 200) {
      throw new GoldenException(
          "ComfyUI refused the input file %s (%s).".formatted(name, answer.status()));
    }
  }

  /**
   * Empties the cache, so that each workflow starts as the first one. The server does that between
   * two prompts: when one has ended that was queued after the request, it is done.
   */
  void forget(Duration limit) {
    post("/free", Map.of("free_memory", true));
    ObjectNode prompt = api.object();
    ObjectNode image = prompt.putObject("tidepool-1").put("class_type", "EmptyImage");
    image
        .putObject("inputs")
        .put("width", 1)
        .put("height", 1)
        .put("batch_size", 1)
        .put("color", 7_431);
    ObjectNode preview = prompt.putObject("tidepool-2").put("class_type", "PreviewImage");
    preview.putObject("inputs").putArray("images").add("tidepool-1").add(0);
    PromptRun run = run(prompt, api.object(), limit);
    if (run.began()) {
      discard(run);
    }
  }

  /**
   * Runs a graph to its end.
   *
   * @throws TimeLimitException when it takes longer than it may; it is stopped then
   */
  PromptRun run(JsonNode prompt, ObjectNode extra, Duration limit) {
    events.forget();
    ObjectNode body = api.object();
    body.set("prompt", prompt);
    body.put("client_id", events.client());
    body.set("extra_data", extra);
    Answer answer = post("/prompt", body);
    JsonNode json = answer.status() < 500 ? parse(answer) : api.object();
    List<Failure> refused = refusals(json);
    String id = json.path("prompt_id").asText();
    if (id.isEmpty()) {
      if (refused.isEmpty()) {
        throw new GoldenException("ComfyUI answered " + answer.status() + ": " + answer.text());
      }
      return PromptRun.refused(refused);
    }
    try {
      awaitEnd(id, limit);
      return new PromptRun(id, refused, events.events(id), events.timings(id));
    } catch (TimeLimitException | GoldenException e) {
      stop(id);
      throw e;
    }
  }

  /** Waits for the event that comes when the prompt is in the history. */
  private void awaitEnd(String id, Duration limit) {
    try {
      events.await(
          ServerEvent.Executing.class,
          limit,
          event -> event.prompt().equals(id) && event.node() == null);
    } catch (AssertionError e) {
      if (!events.isOpen()) {
        throw new GoldenException("The connection to ComfyUI was lost; it may have crashed.");
      }
      throw new TimeLimitException();
    } catch (IllegalStateException e) {
      throw new GoldenException("Stopped.");
    }
  }

  /** A prompt takes longer than it may. */
  static final class TimeLimitException extends RuntimeException {}

  /** What is left of a prompt that takes too long goes. */
  private void stop(String id) {
    boolean interrupted = Thread.interrupted();
    try {
      api.post("/queue", Map.of("delete", List.of(id)));
      api.post("/interrupt", Map.of("prompt_id", id));
      if (!ours) {
        discardStopped(id);
      }
    } catch (UncheckedIOException e) {
      // The server is gone, and the prompt with it.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A stopped prompt comes into the history when its node has ended, if it heeds the stop. */
  private void discardStopped(String id) {
    PromptQueue queue = api.queue();
    try {
      Patience.until(
          "the stopped workflow to end",
          STOP_LIMIT,
          () -> !queue.pending().contains(id) && !queue.running().contains(id));
      queue.forget(id);
    } catch (AssertionError e) {
      busy = true;
    }
  }

  /** Whether the server still runs a prompt that was stopped. */
  boolean isBusy() {
    return busy;
  }

  private static JsonNode parse(Answer answer) {
    try {
      return answer.json();
    } catch (AssertionError e) {
      throw new GoldenException(String.valueOf(e.getMessage()));
    }
  }

  private static List<Failure> refusals(JsonNode json) {
    List<Failure> failures = new ArrayList<>();
    for (Map.Entry<String, JsonNode> node : json.path("node_errors").properties()) {
      for (JsonNode error : node.getValue().path("errors")) {
        String input = error.at("/extra_info/input_name").asText();
        String message = error.path("message").asText();
        failures.add(
            new Failure(
                node.getKey(),
                error.path("type").asText(),
                input.isEmpty() ? message : message + " (" + input + ")"));
      }
    }
    JsonNode whole = json.path("error");
    if (failures.isEmpty() && whole.isObject()) {
      String node = whole.at("/extra_info/node_id").asText();
      failures.add(new Failure(node, whole.path("type").asText(), whole.path("message").asText()));
    }
    return failures;
  }

  /** The outputs of a prompt, by node and by name. */
  JsonNode outputs(PromptRun run) {
    Answer answer = talk(() -> api.send("GET", "/history/" + run.id()));
    JsonNode entry = parse(answer).path(run.id());
    if (!entry.isObject()) {
      throw new GoldenException("ComfyUI's history does not have the workflow that just ran.");
    }
    return entry.path("outputs");
  }

  /** Fetches a file that a node put out. */
  byte[] fetch(JsonNode file) {
    String query =
        "/view?filename=%s&subfolder=%s&type=%s"
            .formatted(
                ComfyApi.encode(file.path("filename").asText()),
                ComfyApi.encode(file.path("subfolder").asText()),
                ComfyApi.encode(file.path("type").asText("output")));
    Answer answer = talk(() -> api.send("GET", query));
    if (answer.status() != 200) {
      throw new GoldenException(
          "A node names the output file %s, and the server does not have it (%s)."
              .formatted(file.path("filename").asText(), answer.status()));
    }
    return answer.body();
  }

  /** Takes a prompt out of the server's history. */
  void discard(PromptRun run) {
    post("/history", Map.of("delete", List.of(run.id())));
  }

  @Override
  public void close() {
    events.close();
  }
}
