package dev.tidepool.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.RenderMode;
import dev.tidepool.harness.ServerSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A profile that moves from one ComfyUI to another, and back. */
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    modes = RenderMode.CLASSIC,
    sharedPage = true)
class BetweenServersTest extends PoolSuite {
  private static final List<String> IMAGES = List.of("c.png", "a.png", "b.png");

  @Test
  void aProfileArrivesAsItLeftAndComesBackTheSame() {
    PoolApi.Profile here = pools.create("Harbour – évening", IMAGES.toArray(String[]::new));
    pools.label(here.id(), "a.png", "Ebb & flow");
    pools.enable(here.id(), "b.png", false);
    pools.activate(here.id(), "a.png");
    pools.attachMask(here.id(), "c.png", Pictures.png(Pictures.numbered(9, 64, 48)));
    byte[] archive = pools.export(here);
    ServerSettings settings =
        ServerSettings.fromProperties().withNodes(List.of("PoolProfile", "GridImagePool"));
    try (ComfyUi elsewhere = ComfyUi.start(settings)) {
      PoolApi there = new PoolApi(elsewhere.api());

      PoolApi.Profile arrived = there.importArchive(archive);

      assertThat(arrived.name()).isEqualTo(here.name());
      assertThat(there.names(arrived.id())).isEqualTo(IMAGES);
      assertThat(slots(there, arrived)).isEqualTo(slots(pools, here));
      assertThat(there.active(arrived.id())).isEqualTo("a.png");
      for (String image : IMAGES) {
        assertThat(there.image(arrived.id(), image)).isEqualTo(pools.image(here.id(), image));
      }
      byte[] back = there.export(arrived);
      PoolApi.Profile again = pools.importArchive(back);
      assertThat(again.name()).isEqualTo(here.name() + " (2)");
      assertThat(slots(pools, again)).isEqualTo(slots(pools, here));
    }
  }

  /** All there is to say of the slots, but for when their files were written. */
  private static JsonNode slots(PoolApi pools, PoolApi.Profile profile) {
    JsonNode slots = pools.pool(profile.id()).path("slots");
    slots.forEach(slot -> ((ObjectNode) slot).remove("modified"));
    return slots;
  }
}
