package dev.tidepool.resolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The decisions that users made about models of workflows, in one file:
 *
 * <pre>{@code
 * {"version":1,"decisions":[{"workflow":"/home/anna/portrait.json","subgraph":"","node":"4","holder":"",
 *   "slot":"ckpt_name","before":"sea.safetensors","value":"sd15/sea-fp16.safetensors","key":"a5aa5a0123456789"}]}
 * }</pre>
 *
 * <p>Thread-safe as far as its lock is.
 */
public final class Decisions {
  private static final int VERSION = 1;

  private final Path file;
  private final StoreLock lock;

  /**
   * The decisions in a file, which need not exist.
   *
   * @param lock of the folder that the file is in
   */
  public Decisions(Path file, StoreLock lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * All decisions, the oldest first.
   *
   * @throws TidepoolException {@code decisions-invalid} when the file is none of ours
   */
  public List<Decision> all() {
    return StorageFailures.translate("read " + file, this::read);
  }

  /** Adds decisions, in place of earlier ones about the same places. */
  public void add(List<Decision> added) {
    if (added.isEmpty()) {
      return;
    }
    StorageFailures.translate(
        "keep the decisions",
        () ->
            lock.holding(
                () -> {
                  List<Decision> kept = new ArrayList<>(read());
                  kept.removeIf(old -> added.stream().anyMatch(one -> one.replaces(old)));
                  kept.addAll(added);
                  AtomicFiles.write(file, JsonTree.write(json(kept)));
                  return kept.size();
                }));
  }

  private List<Decision> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    JsonNode json;
    try {
      json = JsonTree.read(Files.readAllBytes(file));
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw invalid(e);
    }
    if (json.path("version").asInt() != VERSION) {
      throw invalid(null);
    }
    List<Decision> decisions = new ArrayList<>();
    for (JsonNode one : json.path("decisions")) {
      decisions.add(
          new Decision(
              one.path("workflow").asText(),
              one.path("subgraph").asText(),
              one.path("node").asText(),
              one.path("holder").asText(),
              one.path("slot").asText(),
              one.path("before").asText(),
              one.path("value").asText(),
              one.path("key").asText()));
    }
    return decisions;
  }

  private static JsonNode json(List<Decision> decisions) {
    ObjectNode json = JsonTree.object();
    json.put("version", VERSION);
    ArrayNode list = json.putArray("decisions");
    for (Decision decision : decisions) {
      ObjectNode one = list.addObject();
      one.put("workflow", decision.workflow());
      one.put("subgraph", decision.subgraph());
      one.put("node", decision.node());
      one.put("holder", decision.holder());
      one.put("slot", decision.slot());
      one.put("before", decision.before());
      one.put("value", decision.value());
      one.put("key", decision.key());
    }
    return json;
  }

  private TidepoolException invalid(@org.jspecify.annotations.Nullable Exception cause) {
    String message = "The file " + file + " does not hold decisions of this version.";
    String hint = "Move it away to begin anew.";
    return new TidepoolException(cause, ErrorKind.MALFORMED, "decisions-invalid", message, hint);
  }
}
