package dev.tidepool.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.Multipart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Times the grid with many images against a plain grid of lazy {@code <img>} in the same page. No
 * test: {@code e2e/bench/run.py} runs it by name.
 */
@ComfyUiTest(
    nodes = {"PoolProfile", "GridImagePool"},
    sharedPage = true)
class GridBench extends PoolSuite {
  private static final int IMAGES = Integer.getInteger("tidepool.bench.images", 2000);
  private static final int ROUNDS = Integer.getInteger("tidepool.bench.rounds", 7);
  private static final int PER_REQUEST = 100;
  private static final int SCROLL_MILLIS = 4000;
  private static final int SCROLL_STEP = 40;
  private static final int PLAIN_LIMIT_MILLIS = 20_000;

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void measure() throws IOException {
    PoolApi.Profile sea = filled("Sea");
    PoolApi.Profile land = filled("Land");
    PoolApi.Profile empty = pools.create("Empty");
    Figures figures = new Figures("%,d images, %s".formatted(IMAGES, page.mode()));
    Traffic traffic = new Traffic(page.page());

    begin(empty);
    traffic.begin();
    JsonNode first = switchTo(sea);
    figures.add("first time ever: cells", first.path("cells").asDouble(), "ms");
    figures.add("first time ever: pictures, to be made", first.path("pictures").asDouble(), "ms");
    figures.add("thumbnail requests at once, at most (goal: 60)", traffic.most(), "");
    figures.add("thumbnail requests in all", traffic.all(), "");
    switchTo(land);

    List<JsonNode> cold = new ArrayList<>();
    List<JsonNode> warm = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      page.reload();
      begin(empty);
      cold.add(switchTo(sea));
      switchTo(land);
      warm.add(switchTo(sea));
    }
    double coldPictures = Figures.median(cold, "pictures");
    figures.add("page new: cells", Figures.median(cold, "cells"), "ms");
    figures.add("page new: first screen (goal: 300)", coldPictures, "ms");
    figures.add("shown before: cells", Figures.median(warm, "cells"), "ms");
    figures.add("shown before: first screen (goal: 100)", Figures.median(warm, "pictures"), "ms");
    compareWithPlainGrid(figures, traffic, land, coldPictures);
    figures.print();
  }

  private void compareWithPlainGrid(
      Figures figures, Traffic traffic, PoolApi.Profile plainPool, double coldPictures) {
    String list = TestId.of("pool-grid") + " [role=listbox]";
    double firstFrames = scroll(list).path("fps").asDouble();
    JsonNode ours = scroll(list);
    traffic.begin();
    JsonNode plain =
        run(
            "({id, names, limit}) => tidepoolBench.plain(id, names, limit)",
            Map.of(
                "id", plainPool.id(),
                "names", pools.names(plainPool.id()),
                "limit", PLAIN_LIMIT_MILLIS));
    int plainRequests = traffic.all();
    int plainMost = traffic.most();
    double plainFirstFrames = scroll("#plain-grid").path("fps").asDouble();
    JsonNode plainScroll = scroll("#plain-grid");
    double ourFrames = ours.path("fps").asDouble();
    double plainFrames = plainScroll.path("fps").asDouble();
    figures.add("scrolling, pictures to be made", firstFrames, "frames/s");
    figures.add("scrolling (goal: 50)", ourFrames, "frames/s");
    figures.add("scrolling: 95 % of frames within", ours.path("slow").asDouble(), "ms");
    figures.add("plain grid: first screen", plain.path("pictures").asDouble(), "ms");
    figures.add("plain grid: requests at once, at most", plainMost, "");
    figures.add("plain grid: requests for the first screen", plainRequests, "");
    figures.add("plain grid: scrolling, pictures to be made", plainFirstFrames, "frames/s");
    figures.add("plain grid: scrolling", plainFrames, "frames/s");
    figures.add("plain grid: 95 % of frames within", plainScroll.path("slow").asDouble(), "ms");
    figures.add("ratio of frames, ours to plain", ourFrames / plainFrames, "x");
    figures.add(
        "ratio of first screens, plain to ours",
        plain.path("pictures").asDouble() / coldPictures,
        "x");
  }

  /** Shows the two nodes anew, with nothing to see in the grid. */
  private void begin(PoolApi.Profile empty) throws IOException {
    page.graph().clear();
    addPair(empty).pool().expectEmpty();
    try (InputStream script =
        Objects.requireNonNull(GridBench.class.getResourceAsStream("bench.js"))) {
      page.page().evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private JsonNode switchTo(PoolApi.Profile profile) {
    return run("({id}) => tidepoolBench.switchTo(id)", Map.of("id", profile.id()));
  }

  private JsonNode scroll(String css) {
    return run(
        "({css, time, step}) => tidepoolBench.scroll(css, time, step)",
        Map.of("css", css, "time", SCROLL_MILLIS, "step", SCROLL_STEP));
  }

  private JsonNode run(String script, Map<String, ?> argument) {
    return json.valueToTree(page.page().evaluate(script, argument));
  }

  private PoolApi.Profile filled(String name) {
    PoolApi.Profile profile = pools.create(name);
    Landscape landscape = new Landscape(320, 240);
    for (int from = 0; from < IMAGES; from += PER_REQUEST) {
      Multipart form = new Multipart();
      for (int number = from; number < Math.min(IMAGES, from + PER_REQUEST); number++) {
        String file = "%s-%04d.jpg".formatted(name, number);
        form.file("image", file, Pictures.jpeg(landscape.numbered(number)));
      }
      pools.add(profile.id(), form).successful();
    }
    return profile;
  }
}
