package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client of ComfyUI's websocket that keeps every event from its opening on. Thread-safe.
 *
 * <pre>{@code
 * try (EventLog events = api.events()) {
 *   String id = events.prompt(graph);
 *   events.await(ServerEvent.Executed.class, event -> event.node().equals("5"));
 * }
 * }</pre>
 */
public final class EventLog implements AutoCloseable {
  private static final Duration PROMPT_LIMIT = Duration.ofSeconds(60);

  /** An event, and when it came, in nanoseconds of the JVM's clock. */
  private record Arrival(ServerEvent event, long nanos) {}

  private final ComfyApi api;
  private final String client = UUID.randomUUID().toString();
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final WebSocket socket;
  private volatile String ended = "";

  private EventLog(ComfyApi api, HttpClient http) {
    this.api = api;
    URI address = address(api.address(), client);
    this.socket = http.newWebSocketBuilder().buildAsync(address, new Listener()).join();
  }

  /** Where a server's websocket is; encrypted where the server is. */
  static URI address(URI server, String client) {
    String scheme = "https".equalsIgnoreCase(server.getScheme()) ? "wss" : "ws";
    return URI.create(scheme + "://" + server.getAuthority() + "/ws?clientId=" + client);
  }

  /** Opens the websocket, and returns when the server knows this client. */
  static EventLog open(ComfyApi api, HttpClient http) {
    EventLog log = new EventLog(api, http);
    log.await(ServerEvent.Status.class, event -> true);
    return log;
  }

  /** Puts a message's parts together, and notes it. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        note(EventReader.text(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      bytes.writeBytes(part);
      if (last) {
        note(EventReader.binary(bytes.toByteArray()));
        bytes.reset();
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      ended = "; the server closed the connection: " + status + " " + reason;
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ended = "; the connection broke: " + error;
    }
  }

  private void note(ServerEvent event) {
    arrivals.add(new Arrival(event, System.nanoTime()));
  }

  /** The id under which the server knows this client. */
  public String client() {
    return client;
  }

  /** All events so far, in order. */
  public List<ServerEvent> events() {
    return arrivals.stream().map(Arrival::event).toList();
  }

  /** The events of one prompt so far, in order. */
  public List<ServerEvent.OfPrompt> events(String prompt) {
    return events().stream()
        .filter(ServerEvent.OfPrompt.class::isInstance)
        .map(ServerEvent.OfPrompt.class::cast)
        .filter(event -> event.prompt().equals(prompt))
        .toList();
  }

  /**
   * The first event of a type that matches; waits for it when it has not come yet.
   *
   * @throws AssertionError when it does not come, or cannot any more; names the types of those that
   *     did
   */
  public <T extends ServerEvent> T await(Class<T> type, Predicate<? super T> condition) {
    return await(type, Patience.USUAL, condition);
  }

  /** The same with a limit of its own. */
  public <T extends ServerEvent> T await(
      Class<T> type, Duration limit, Predicate<? super T> condition) {
    return explained(
        () ->
            Patience.get(
                "the event " + type.getSimpleName(),
                limit,
                () -> {
                  // Looked at first: what came before the end is there then.
                  boolean open = isOpen();
                  Optional<T> found = first(type, condition);
                  if (found.isEmpty() && !open) {
                    throw new AssertionError("in vain for the event " + type.getSimpleName());
                  }
                  return found;
                }));
  }

  private <T extends ServerEvent> Optional<T> first(Class<T> type, Predicate<? super T> condition) {
    return events().stream().filter(type::isInstance).map(type::cast).filter(condition).findFirst();
  }

  /** The data of the first event that a pack sent under this name and that matches. */
  public JsonNode awaitEvent(String type, Predicate<JsonNode> condition) {
    return await(
            ServerEvent.Other.class,
            event -> event.type().equals(type) && condition.test(event.data()))
        .data();
  }

  /** Whether the server still talks to this client. */
  public boolean isOpen() {
    return ended.isEmpty();
  }

  /** Forgets all events so far. */
  public void forget() {
    arrivals.clear();
  }

  private <T> T explained(java.util.function.Supplier<T> wait) {
    try {
      return wait.get();
    } catch (AssertionError e) {
      List<String> seen = events().stream().map(ServerEvent::type).toList();
      throw new AssertionError(e.getMessage() + ended + "; those that came: " + seen, e);
    }
  }

  /**
   * Queues a graph in API format on behalf of this client, which then hears of it.
   *
   * @return the prompt's id
   */
  public String prompt(JsonNode graph) {
    return api.prompt(graph, client);
  }

  /** Waits for the last event of a prompt. */
  public ServerEvent.End awaitEnd(String prompt) {
    return await(ServerEvent.End.class, PROMPT_LIMIT, event -> event.prompt().equals(prompt));
  }

  /** Queues a graph and waits for its result, which may be a failure; with the nodes' timings. */
  public PromptResult run(JsonNode graph) {
    String id = prompt(graph);
    awaitEnd(id);
    return api.result(id).withTimings(timings(id));
  }

  /**
   * How long the nodes of a prompt took, in the order in which they began: until the next one began
   * or the prompt ended, as seen from here. Nodes from the cache are not among them.
   */
  public Map<String, Duration> timings(String prompt) {
    Map<String, Duration> timings = new LinkedHashMap<>();
    Optional<String> running = Optional.empty();
    long begin = 0;
    for (Arrival arrival : arrivals) {
      if (!(arrival.event() instanceof ServerEvent.OfPrompt event)
          || !event.prompt().equals(prompt)) {
        continue;
      }
      boolean begins = event instanceof ServerEvent.Executing;
      if (begins || event instanceof ServerEvent.End) {
        Duration taken = Duration.ofNanos(arrival.nanos() - begin);
        running.ifPresent(node -> timings.merge(node, taken, Duration::plus));
        running =
            event instanceof ServerEvent.Executing next
                ? Optional.ofNullable(next.node())
                : Optional.empty();
        begin = arrival.nanos();
      }
    }
    return timings;
  }

  /** Leaves the server. */
  @Override
  public void close() {
    socket.abort();
  }
}
