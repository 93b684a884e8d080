package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The server's queue, and its history of what was run. Thread-safe. */
public final class PromptQueue {
  private final ComfyApi api;

  PromptQueue(ComfyApi api) {
    this.api = api;
  }

  /** The ids of the prompts that run. */
  public List<String> running() {
    return ids("queue_running");
  }

  /** The ids of the prompts that wait. */
  public List<String> pending() {
    return ids("queue_pending");
  }

  private List<String> ids(String part) {
    List<String> ids = new ArrayList<>();
    api.get("/queue").path(part).forEach(item -> ids.add(item.path(1).asText()));
    return ids;
  }

  /** How many prompts run or wait. */
  public int length() {
    JsonNode queue = api.get("/queue");
    return queue.path("queue_running").size() + queue.path("queue_pending").size();
  }

  /** Takes prompts that wait out of the queue. */
  public void delete(String... ids) {
    api.post("/queue", Map.of("delete", List.of(ids))).successful();
  }

  /** Empties the queue of what waits. */
  public void clear() {
    api.post("/queue", Map.of("clear", true)).successful();
  }

  /** The prompts that were run, the oldest first. */
  public List<PromptResult> history() {
    List<PromptResult> results = new ArrayList<>();
    api.get("/history")
        .properties()
        .forEach(entry -> results.add(new PromptResult(entry.getKey(), entry.getValue())));
    return results;
  }

  /** What became of a prompt, once it ended. */
  public Optional<PromptResult> result(String id) {
    return Optional.of(api.get("/history/" + id).path(id))
        .filter(entry -> entry.path("status").path("completed").isBoolean())
        .map(entry -> new PromptResult(id, entry));
  }

  /** Forgets what became of prompts. */
  public void forget(String... ids) {
    api.post("/history", Map.of("delete", List.of(ids))).successful();
  }

  /** Forgets all that was run. */
  public void forgetAll() {
    api.post("/history", Map.of("clear", true)).successful();
  }
}
