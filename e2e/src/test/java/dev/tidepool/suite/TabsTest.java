package dev.tidepool.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.ComfyUi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every open page follows what another page or the command line does. */
class TabsTest extends PoolSuite {
  @TempDir Path folder;

  /** The pair of nodes in a second tab, which shows the same workflow. */
  private Pair inSecondTab() {
    ComfyPage second = page.openTab();
    second.graph().load(page.workflow());
    return new Pair(
        new ProfileNode(second.graph().only("PoolProfile")),
        new PoolNode(second.graph().only("GridImagePool")));
  }

  @Test
  void aSecondTabFollowsProfilesAndImages() {
    Pair first = addPair(pools.create("Sea", "one.png", "two.png"));
    Pair second = inSecondTab();
    second.pool().expectImages("one.png", "two.png");

    page.bringToFront();
    first.profile().rename("Ocean");
    second.profile().expectChosen("Ocean");
    first.pool().activate("two.png");
    second.pool().expectActive("two.png");
    first.pool().addFiles(Pictures.files(folder, "three.png"));
    second.pool().expectImages("one.png", "two.png", "three.png");
    first.pool().expectPictures();
    second.pool().expectPictures();
    first.profile().delete();
    second.profile().expectChosen("Ocean (missing)");
    second.pool().expectSource("missing");
    first.profile().undoDelete();
    second.profile().expectChosen("Ocean");
    second.pool().expectImages("one.png", "two.png", "three.png");
  }

  @Test
  void thePageFollowsTheCommandLine(ComfyUi server) throws Exception {
    Pair pair = addPair(pools.create("Sea", "one.png"));
    pair.pool().expectImages("one.png");
    String base = server.base().resolve("input/grid_pool").toString();

    JsonNode made = CommandLine.run("profile", "create", "From a shell", "--base", base, "--json");
    pair.profile().expectNames("From a shell", "Sea");

    pair.profile().choose("From a shell");
    Path image = Pictures.files(folder, "added.png").get(0);
    CommandLine.run(
        "pool", "add", made.path("id").asText(), image.toString(), "--base", base, "--json");
    pair.pool().expectImages("added.png");
    pair.profile().expectCount(1);
  }
}
