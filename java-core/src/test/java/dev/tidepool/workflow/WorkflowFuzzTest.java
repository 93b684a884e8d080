package dev.tidepool.workflow;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Damages the examples at random: a workflow is read, or refused with an error that says so, and
 * what is read can be changed and compared. {@code mvn test
 * -Dtests.options=-Dtidepool.fuzz.seconds=600} goes on for that long.
 */
class WorkflowFuzzTest {
  private static final int USUAL_TURNS = 500;
  private static final long SECONDS = Long.getLong("tidepool.fuzz.seconds", 0);

  @Test
  void damagedWorkflowIsReadOrRefused() throws IOException {
    List<byte[]> examples = Examples.names().stream().map(WorkflowFuzzTest::example).toList();
    long seed = Long.getLong("tidepool.fuzz.seed", SECONDS > 0 ? System.nanoTime() : 1);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    for (int turn = 0; turn < USUAL_TURNS || (SECONDS > 0 && System.nanoTime() < end); turn++) {
      Random random = new Random(seed + turn);
      byte[] damaged = new Damage(random, examples).next();
      byte[] other = examples.get(random.nextInt(examples.size()));
      assertThatCode(() -> use(damaged, other, random))
          .as("-Dtidepool.fuzz.seed=%d", seed + turn)
          .doesNotThrowAnyException();
    }
  }

  private static void use(byte[] damaged, byte[] other, Random random) throws IOException {
    byte[] untouched = damaged.clone();
    Workflow workflow;
    try {
      workflow = Workflow.parse(damaged, "damaged.json");
    } catch (TidepoolException e) {
      require(e.code().equals("workflow-invalid"), e.text());
      return;
    }
    require(Arrays.equals(workflow.withValues(Map.of()), untouched), "changed by nothing");
    List<JsonValue> texts = Examples.texts(workflow.json());
    if (!texts.isEmpty()) {
      JsonValue place = texts.get(random.nextInt(texts.size()));
      change(workflow, untouched, place);
      workflow.withValues(workflow.withCopies(Map.of(place, "x")));
    }
    require(WorkflowDiff.of(workflow, workflow, true).isEmpty(), "differs from itself");
    Workflow example = Workflow.parse(other, "other.json");
    if (example.format() == workflow.format()) {
      WorkflowDiff.of(workflow, example, true);
      WorkflowDiff.of(example, workflow, false);
    }
  }

  private static void change(Workflow workflow, byte[] before, JsonValue place) {
    Map<JsonValue, String> edit = new HashMap<>();
    edit.put(place, "new \u00e9\ud83d\ude00\ud800\n");
    byte[] after = workflow.withValues(edit);
    int rest = before.length - place.end();
    require(
        Arrays.equals(before, 0, place.start(), after, 0, place.start())
            && Arrays.equals(
                before, place.end(), before.length, after, after.length - rest, after.length),
        "more than the place changed");
    Workflow.parse(after, "after.json");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }

  private static byte[] example(String name) {
    try {
      return Examples.bytes(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
