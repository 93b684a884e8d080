package dev.tidepool.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;

/**
 * Events on their way to Python: {@code events.take} waits for some, {@code events.close} ends the
 * waiting.
 *
 * <pre>{@code
 * events.take {"timeout_ms": 60000, "level": "INFO"} -> {"events": […], "closed": false}
 * {"type": "log", "level": "WARNING", "logger": "dev.tidepool.profile", "message": "…"}
 * {"type": "progress", "token": "7", "done": 1024, "total": 4096, "finished": false}
 * }</pre>
 *
 * <p>{@code level} is the least level wanted from now on, by Python's names.
 */
final class EventOperations {
  private final Events events;
  private final LogFeed logFeed;

  EventOperations(Events events, LogFeed logFeed) {
    this.events = events;
    this.logFeed = logFeed;
  }

  Map<String, Operation> table() {
    return Map.of("events.take", this::take, "events.close", this::close);
  }

  private JsonNode take(Arguments arguments) {
    arguments.optionalText("level").ifPresent(logFeed::level);
    Events.Batch batch =
        events.take(Duration.ofMillis(arguments.optionalNumber("timeout_ms").orElse(0)));
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("events");
    batch.events().forEach(event -> list.add(describe(event)));
    answer.put("closed", batch.closed());
    return answer;
  }

  private JsonNode close(Arguments arguments) {
    events.close();
    return Json.object();
  }

  private static ObjectNode describe(Event event) {
    ObjectNode node = Json.object();
    if (event instanceof Event.LogLine line) {
      node.put("type", "log");
      node.put("level", line.level());
      node.put("logger", line.logger());
      node.put("message", line.message());
    } else if (event instanceof Event.Advance advance) {
      node.put("type", "progress");
      node.put("token", advance.token());
      node.put("done", advance.done());
      node.put("total", advance.total());
      node.put("finished", advance.finished());
    }
    return node;
  }
}
