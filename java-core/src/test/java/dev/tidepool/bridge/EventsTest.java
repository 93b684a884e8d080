package dev.tidepool.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class EventsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private final Events events = new Events(3);

  @Test
  void takesLinesInTheirOrderAndProgressAfterThem() {
    events.publish(new Event.Advance("t", 1, 9, false));
    events.publish(line("a"));
    events.publish(line("b"));
    assertThat(events.take(LONG).events())
        .containsExactly(line("a"), line("b"), new Event.Advance("t", 1, 9, false));
  }

  @Test
  void keepsOnlyTheNewestProgressOfAToken() {
    events.publish(new Event.Advance("t", 1, 9, false));
    events.publish(new Event.Advance("u", 5, 5, false));
    events.publish(new Event.Advance("t", 9, 9, true));
    assertThat(events.take(LONG).events())
        .containsExactly(new Event.Advance("t", 9, 9, true), new Event.Advance("u", 5, 5, false));
  }

  @Test
  void dropsTheOldestLinesAndSaysHowMany() {
    for (String text : new String[] {"a", "b", "c", "d", "e"}) {
      events.publish(line(text));
    }
    assertThat(events.take(LONG).events())
        .containsExactly(
            new Event.LogLine("WARNING", "dev.tidepool.bridge", "lines_lost=2"),
            line("c"),
            line("d"),
            line("e"));
  }

  @Test
  void takeEndsWithoutEventsWhenTheTimeIsOver() {
    assertThat(events.take(Duration.ZERO)).isEqualTo(new Events.Batch(List.of(), false));
  }

  @Test
  void waitingTakeHearsWhatComesLater() throws Exception {
    CompletableFuture<Events.Batch> taken = CompletableFuture.supplyAsync(() -> events.take(LONG));
    events.publish(line("late"));
    assertThat(taken.get(LONG.toSeconds(), TimeUnit.SECONDS).events())
        .containsExactly(line("late"));
  }

  @Test
  void closingEndsTheWaitingAndKeepsWhatIsQueued() throws Exception {
    CompletableFuture<Events.Batch> waiting =
        CompletableFuture.supplyAsync(() -> events.take(LONG));
    events.close();
    assertThat(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS).closed()).isTrue();
    events.publish(line("too late"));
    assertThat(events.take(LONG).events()).isEmpty();
  }

  private static Event.LogLine line(String text) {
    return new Event.LogLine("INFO", "dev.tidepool.x", text);
  }
}
