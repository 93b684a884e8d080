package dev.tidepool.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Seeds;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays the folders in {@code src/test/resources/workflow-paths}: with the files of {@code
 * models.txt} in the folder {@code models}, the workflow {@code before.json} becomes, byte for
 * byte, {@code after.json}, and {@code problems.txt} says what is not found even then.
 */
class PathPlanTest {
  private static final Path CASES = Path.of("src", "test", "resources", "workflow-paths");

  @TempDir Path models;

  private final Loaders loaders = Loaders.builtIn();

  @ParameterizedTest
  @MethodSource("cases")
  void workflowIsRewrittenAsWritten(String name) throws IOException {
    lay(Files.readAllLines(CASES.resolve(name).resolve("models.txt")));
    PathPlan plan = plan(Files.readAllBytes(CASES.resolve(name).resolve("before.json")));
    byte[] after = Files.readAllBytes(CASES.resolve(name).resolve("after.json"));

    assertThat(text(plan.apply())).isEqualTo(text(after));
    assertThat(problems(plan))
        .isEqualTo(Files.readAllLines(CASES.resolve(name).resolve("problems.txt")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rewrittenWorkflowIsNotRewrittenAgain(String name) throws IOException {
    lay(Files.readAllLines(CASES.resolve(name).resolve("models.txt")));
    byte[] after = Files.readAllBytes(CASES.resolve(name).resolve("after.json"));
    PathPlan plan = plan(after);

    assertThat(plan.rewrites()).isEmpty();
    assertThat(plan.apply()).isEqualTo(after);
  }

  /** Any path, over any files: what was mended is found, and mending it again changes nothing. */
  @Test
  void strippingIsIdempotentForAnyPath() throws IOException {
    long seed = Seeds.seed();
    Random random = new Random(seed);
    List<String> parts = List.of("models", "checkpoints", "Checkpoints", "loras", "a", "..", "C:");
    for (int round = 0; round < 60; round++) {
      lay(List.of(path(random, List.of("checkpoints", "models", "a"), "/")));
    }
    for (int round = 0; round < 150; round++) {
      String value = path(random, parts, random.nextBoolean() ? "/" : "\\\\");
      value = random.nextInt(4) == 0 ? "/" + value : value;
      String json =
          "{\"1\":{\"class_type\":\"CheckpointLoaderSimple\",\"inputs\":{\"ckpt_name\":\""
              + value
              + "\"}}}";
      PathPlan first = plan(json.getBytes(StandardCharsets.UTF_8));
      PathPlan second = plan(first.apply());
      assertThat(second.rewrites()).as("seed %d, %s", seed, value).isEmpty();
      assertThat(second.isFine()).as("seed %d, %s", seed, value).isEqualTo(first.isFine());
    }
  }

  @Test
  void absolutePathInsideTheModelsIsStripped() throws IOException {
    lay(List.of("clip/sub/l.safetensors"));
    String path = models.resolve("clip/sub/l.safetensors").toString().replace("\\", "\\\\");
    PathPlan plan =
        plan(
            ("{\"1\":{\"class_type\":\"CLIPLoader\",\"inputs\":{\"clip_name\":\"" + path + "\"}}}")
                .getBytes(StandardCharsets.UTF_8));

    assertThat(plan.rewrites())
        .singleElement()
        .extracting(PathRewrite::after)
        .isEqualTo(Path.of("sub", "l.safetensors").toString());
  }

  @Test
  void valueForTwoNodesChangesOnlyIfBothFindTheModel() throws IOException {
    lay(List.of("checkpoints/x.safetensors", "loras/checkpoints/x.safetensors"));
    PathPlan plan = plan(Files.readAllBytes(CASES.resolveSibling("shared-primitive.json")));

    assertThat(plan.rewrites()).isEmpty();
    assertThat(plan.checks())
        .extracting(check -> check.reference().node().id() + " " + check.state())
        .containsExactly("2 MISSING", "3 FOUND");
  }

  @Test
  void valuesByNameChangeToo() throws IOException {
    lay(List.of("checkpoints/a.ckpt"));
    String json =
        """
        {"nodes": [{"id": 1, "type": "CheckpointLoaderSimple", "widgets_values": ["checkpoints/a.ckpt"],
                    "widgets_values_named": {"ckpt_name": "checkpoints/a.ckpt"}}]}
        """;

    assertThat(text(plan(json.getBytes(StandardCharsets.UTF_8)).apply()))
        .isEqualTo(json.replace("checkpoints/a.ckpt", "a.ckpt"));
  }

  @Test
  void idleValueThatIsAnotherModelStays() throws IOException {
    lay(List.of("checkpoints/a.ckpt", "checkpoints/b.ckpt"));
    String json =
        """
        {"nodes": [{"id": 3, "type": "S", "properties": {"proxyWidgets": [["5", "ckpt_name"]]},
                    "widgets_values": ["checkpoints/b.ckpt"]}],
         "definitions": {"subgraphs": [{"id": "S", "nodes": [
           {"id": 5, "type": "CheckpointLoaderSimple", "widgets_values": ["checkpoints/a.ckpt"]}]}]}}
        """;

    assertThat(text(plan(json.getBytes(StandardCharsets.UTF_8)).apply()))
        .isEqualTo(json.replace("checkpoints/b.ckpt", "b.ckpt"));
  }

  @Test
  void idleValueChangesWithTheSameValueThatDecidesAroundIt() throws IOException {
    lay(List.of("checkpoints/a.ckpt", "checkpoints/b.ckpt"));
    String json =
        """
        {"nodes": [{"id": 1, "type": "Outer", "properties": {"proxyWidgets": [["6", "ckpt_name"]]},
                    "widgets_values": ["checkpoints/a.ckpt"]}],
         "definitions": {"subgraphs": [
           {"id": "Outer", "nodes": [
             {"id": 6, "type": "Inner", "properties": {"proxyWidgets": [["5", "ckpt_name"]]},
              "widgets_values": ["checkpoints/a.ckpt"]}]},
           {"id": "Inner", "nodes": [
             {"id": 5, "type": "CheckpointLoaderSimple", "widgets_values": ["b.ckpt"]}]}]}}
        """;

    PathPlan plan = plan(json.getBytes(StandardCharsets.UTF_8));

    assertThat(plan.checks()).hasSize(1);
    assertThat(text(plan.apply())).isEqualTo(json.replace("checkpoints/a.ckpt", "a.ckpt"));
  }

  private static String path(Random random, List<String> parts, String separator) {
    StringBuilder path = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      path.append(parts.get(random.nextInt(parts.size()))).append(separator);
    }
    return path.append("x.safetensors").toString();
  }

  private void lay(List<String> files) throws IOException {
    for (String file : files) {
      Path path = models.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "");
    }
  }

  private PathPlan plan(byte[] bytes) {
    Workflow workflow = Workflow.parse(bytes, "test", loaders::widgetNames);
    return PathPlan.of(
        workflow,
        ModelReferences.of(workflow, loaders),
        new ModelPaths(loaders, ModelTree.below(models, loaders.folders())));
  }

  private static List<String> problems(PathPlan plan) {
    return plan.checks().stream()
        .filter(check -> !check.isFine())
        .map(
            check ->
                String.join(
                    " ",
                    check.reference().node().id(),
                    check.state().name(),
                    check.message() + ".",
                    check.advice()))
        .toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }
}
