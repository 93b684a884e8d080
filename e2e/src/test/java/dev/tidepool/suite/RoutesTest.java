package dev.tidepool.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.harness.Answer;
import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.RenderMode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The routes in a real ComfyUI, with its middleware: what must not get in, and how refusals read.
 */
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    modes = RenderMode.CLASSIC,
    sharedPage = true)
class RoutesTest extends PoolSuite {
  private static void expectRefused(Answer answer, int status) {
    assertThat(answer.status()).as(answer.request() + ": " + answer.text()).isEqualTo(status);
    JsonNode error = answer.json().path("error");
    assertThat(error.path("code").asText()).matches("[a-z-]+");
    assertThat(error.path("message").asText()).isNotBlank().doesNotContain("dev.tidepool");
    assertThat(error.path("hints").isArray()).isTrue();
  }

  @Test
  void idsThatLeaveTheBaseAreRefused(ComfyUi server) throws Exception {
    Path secret = Files.writeString(server.base().resolve("input/secret.txt"), "secret");
    for (String id : List.of("..", "%2e%2e", "a%2f..%2f..", "a.b", "x".repeat(65))) {
      Answer answer = api.send("GET", "/grid_pool/pools/" + id + "/image?name=secret.txt");
      assertThat(answer.status()).as(id).isBetween(400, 499);
      assertThat(answer.text()).doesNotContain("secret\n");
    }
    Files.delete(secret);
  }

  @Test
  void namesThatLeaveThePoolAreRefused() {
    PoolApi.Profile sea = pools.create("Sea", "a.png");
    for (String name : List.of("..%2F..%2Fsecret.txt", "%2Fetc%2Fpasswd", "pool.json")) {
      Answer answer = api.send("GET", "/grid_pool/pools/" + sea.id() + "/image?name=" + name);
      expectRefused(answer, 404);
    }
  }

  @Test
  void anotherSiteIsRefused() {
    Answer answer =
        api.exchange(
            api.request("/grid_pool/profiles/create")
                .header("Origin", "http://elsewhere.example")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"Evil\"}"))
                .build());
    assertThat(answer.status()).isEqualTo(403);
    assertThat(pools.profiles()).isEmpty();
  }

  @Test
  void whatAFormOfAnotherSiteCanSendIsRefused() {
    Answer answer =
        api.exchange(
            api.request("/grid_pool/profiles/create")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"name\":\"Evil\"}"))
                .build());
    assertThat(answer.status()).isBetween(400, 499);
    assertThat(pools.profiles()).isEmpty();
  }

  @Test
  void aTakenNameIsRefusedAndChangesNothing() {
    pools.create("Sea");
    expectRefused(api.post("/grid_pool/profiles/create", Map.of("name", " sea ")), 409);
    assertThat(pools.profiles()).hasSize(1);
  }

  @Test
  void anUnusedIdIsAnEmptyPoolAndMakesNothing(ComfyUi server) {
    String id = "never-used-before";
    assertThat(pools.names(id)).isEmpty();
    assertThat(server.base().resolve("input/grid_pool/" + id)).doesNotExist();
  }
}
