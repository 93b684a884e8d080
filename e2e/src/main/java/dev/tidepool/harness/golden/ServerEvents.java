package dev.tidepool.harness.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidepool.harness.Patience;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the server tells a client of its own over its websocket. To be read by one thread. */
final class ServerEvents implements AutoCloseable {
  /** ComfyUI writes numbers that JSON does not know, such as NaN. */
  static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /**
   * An event.
   *
   * @param nanos when it came, on the clock of {@link System#nanoTime}
   */
  record Event(String type, JsonNode data, long nanos) {
    /** Whether it is about this prompt. */
    boolean isAbout(String prompt) {
      return data.path("prompt_id").asText().equals(prompt);
    }

    /** The event with which the server ends a prompt, after it is in the history. */
    boolean isEnd() {
      return type.equals("executing") && data.path("node").isNull();
    }
  }

  private static final String LOST = "connection lost";

  private final String client = UUID.randomUUID().toString().replace("-", "");
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  private ServerEvents(URI server) {
    URI address =
        URI.create(
            server.toString().replaceFirst("^http", "ws").replaceFirst("/$", "")
                + "/ws?clientId="
                + client);
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .connectTimeout(Patience.USUAL)
            .buildAsync(address, new Listener(events))
            .join();
  }

  /**
   * Connects, and returns when the server knows this client.
   *
   * @throws GoldenException when it cannot be reached
   */
  static ServerEvents connect(URI server) {
    try {
      ServerEvents connected = new ServerEvents(server);
      // The server greets a client once it is on its list.
      connected.next(Patience.USUAL);
      return connected;
    } catch (CompletionException e) {
      throw new GoldenException(
          "The server at " + server + " does not answer: " + reason(e) + ".",
          "Is a ComfyUI running there?");
    }
  }

  private static String reason(CompletionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** This client's id, for the prompts whose events it wants. */
  String client() {
    return client;
  }

  /**
   * All events about a prompt, to its end.
   *
   * @throws TimeLimitException when the limit passes before the end
   * @throws GoldenException when the connection breaks
   */
  List<Event> untilEnd(String prompt, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    List<Event> found = new ArrayList<>();
    while (true) {
      Event event = next(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      if (event.isAbout(prompt)) {
        found.add(event);
        if (event.isEnd()) {
          return found;
        }
      }
    }
  }

  private Event next(Duration limit) {
    try {
      Event event = events.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new TimeLimitException();
      }
      if (event.type().equals(LOST)) {
        throw new GoldenException("The connection to ComfyUI was lost; it may have crashed.");
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GoldenException("Stopped.");
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  /** A prompt takes longer than it may. */
  static final class TimeLimitException extends RuntimeException {}

  /** Puts texts together that come in parts; passes over pictures. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<Event> events;
    private final StringBuilder text = new StringBuilder();

    Listener(BlockingQueue<Event> events) {
      this.events = events;
    }

    @Override
    public @org.jspecify.annotations.Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private void add(String message) {
      try {
        JsonNode json = JSON.readTree(message);
        events.add(new Event(json.path("type").asText(), json.path("data"), System.nanoTime()));
      } catch (JsonProcessingException e) {
        // A pack may send what it likes; the events of ComfyUI itself are JSON.
      }
    }

    @Override
    public @org.jspecify.annotations.Nullable CompletionStage<?> onBinary(
        WebSocket socket, ByteBuffer data, boolean last) {
      socket.request(1);
      return null;
    }

    @Override
    public @org.jspecify.annotations.Nullable CompletionStage<?> onClose(
        WebSocket socket, int status, String reason) {
      lost();
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      lost();
    }

    private void lost() {
      events.add(new Event(LOST, JSON.missingNode(), System.nanoTime()));
    }
  }
}
