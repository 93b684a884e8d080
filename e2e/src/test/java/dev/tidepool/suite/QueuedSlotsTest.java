package dev.tidepool.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.harness.NodeHandle;
import dev.tidepool.harness.PixelDifference;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prompts that wait in the queue keep the slot that was active when they were queued. */
class QueuedSlotsTest extends PoolSuite {
  private static final List<String> IMAGES = List.of("a.png", "b.png", "c.png");

  @Test
  void eachQueuedPromptKeepsItsSlot() {
    Pair pair = addPair(pools.create("Sea", IMAGES.toArray(String[]::new)));
    NodeHandle save = page.graph().add("SaveImage", RIGHT, TOP);
    page.graph().connect(pair.pool().node(), "image", save, "images");

    api.prompt(new SlowPrompt(api).graph());
    List<String> prompts = IMAGES.stream().map(image -> queueWith(pair.pool(), image)).toList();
    assertThat(api.get("/queue").path("queue_pending").size())
        .as("prompts that wait; fewer, and this test proves nothing")
        .isEqualTo(IMAGES.size());
    pair.pool().activate("a.png");
    api.interrupt();

    for (int i = 0; i < prompts.size(); i++) {
      assertThat(
              PixelDifference.between(
                  Pictures.numbered(i + 1, 64, 48),
                  api.image(api.result(prompts.get(i)).successful().images(save.id()).get(0))))
          .as(IMAGES.get(i))
          .isEmpty();
    }
  }

  private String queueWith(PoolNode pool, String image) {
    pool.activate(image);
    return page.queue();
  }
}
