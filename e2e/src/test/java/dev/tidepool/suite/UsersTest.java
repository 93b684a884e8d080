package dev.tidepool.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.harness.Answer;
import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.ErrorPlace;
import dev.tidepool.harness.ExpectedError;
import dev.tidepool.harness.RenderMode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ComfyUI with several users: they share the pools, and nobody else gets in. */
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    modes = RenderMode.NODES_2,
    arguments = {"--disable-api-nodes", "--multi-user"})
class UsersTest {
  @TempDir Path folder;

  @Test
  @ExpectedError(
      in = ErrorPlace.PAGE,
      pattern = "500 .*/api/userdata/user\\.css",
      cause = "ComfyUI's page links the user's style sheet, and a link cannot say who the user is")
  @ExpectedError(
      in = ErrorPlace.SERVER,
      pattern = "KeyError: 'Unknown user: default'",
      cause = "the same on the server")
  void aUserMakesAProfileAndFillsIt(ComfyPage page) {
    ProfileNode profile = ProfileNode.add(page, PoolSuite.LEFT, PoolSuite.TOP);
    PoolNode pool = PoolNode.add(page, PoolSuite.MIDDLE, PoolSuite.TOP);
    page.graph().connect(profile.node(), "profile", pool.node(), "profile");
    profile.create("Sea");
    pool.addFiles(Pictures.files(folder, "one.png"));
    pool.expectImages("one.png");
    pool.expectPictures();
    assertThat(new PoolApi(page.api()).profiles())
        .extracting(PoolApi.Profile::name)
        .contains("Sea");
  }

  @Test
  void whoIsNoUserIsRefused(ComfyUi server) {
    for (String user : new String[] {"", "nobody", "__system"}) {
      Answer answer =
          server.api().as(user).post("/grid_pool/profiles/create", Map.of("name", "Evil"));
      assertThat(answer.status()).as(user).isBetween(400, 499);
      assertThat(answer.json().at("/error/code").asText()).as(user).isEqualTo("user-unknown");
    }
  }
}
