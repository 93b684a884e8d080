package dev.tidepool.harness.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowReadingTest {
  private static final Path FILE = Path.of("a.json");
  private static final String API =
      "{\"1\":{\"class_type\":\"KSampler\",\"inputs\":{\"seed\":5,\"noise_seed\":-1,\"steps\":3}},"
          + "\"2\":{\"class_type\":\"X\",\"inputs\":{\"seed\":[\"1\",0]},\"_meta\":{\"title\":\"x\"}}}";
  private static final String EDITOR =
      "{\"last_node_id\":1,\"nodes\":[{\"id\":1,\"type\":\"X\"}],\"links\":[],\"version\":0.4}";

  private static Workflow parse(String text) {
    return Workflow.parse(FILE, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void knowsBothFormats() {
    assertThat(parse(API).format()).isEqualTo(Workflow.Format.API);
    assertThat(parse(EDITOR).format()).isEqualTo(Workflow.Format.EDITOR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "3",
        "null",
        "\"x\"",
        "{\"nodes\":3}",
        "{\"name\":\"a package\",\"version\":\"1\"}",
        "{\"1\":{\"class_type\":\"X\"}}",
        "{\"1\":{\"class_type\":\"X\",\"inputs\":{}},\"2\":3}"
      })
  void refusesOtherJson(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(GoldenException.class)
        .hasMessageContaining("no workflow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"nodes\":[]} x", "\u0000", "{\"a\":NaN}", "<html>"})
  void refusesWhatIsNoJson(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(GoldenException.class)
        .hasMessageContaining(text.isEmpty() ? "no workflow" : "no JSON");
  }

  @Test
  void refusesAnyDamageWithAClearError() {
    long seed = 5_005;
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < 5000; i++) {
      byte[] bytes = (i % 2 == 0 ? API : EDITOR).getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
      }
      bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
      try {
        Workflow workflow = Workflow.parse(FILE, bytes);
        ObjectNode prompt = workflow.json().deepCopy();
        Seeds.fix(prompt, workflow.format(), TestSettings.USUAL);
        read++;
      } catch (GoldenException e) {
        assertThat(e)
            .as("seed %d, round %d", seed, i)
            .hasMessageMatching("(?s)The file is no .+\\.");
      }
    }
    assertThat(read).isBetween(200, 4800);
  }

  @Test
  void refusesEndlessNesting() {
    assertThatThrownBy(() -> parse("[".repeat(200_000)))
        .isInstanceOf(GoldenException.class)
        .hasMessageContaining("no JSON");
  }

  private static ObjectNode seeds(Workflow.Format format, String settings) {
    ObjectNode prompt = parse(API).json().deepCopy();
    Seeds.fix(prompt, format, TestSettings.parse(FILE, Samples.json(settings)));
    return prompt;
  }

  @Test
  void keepsTheSeedsOfAnApiGraphButRandomOnes() {
    ObjectNode prompt = seeds(Workflow.Format.API, "{}");
    assertThat(prompt.at("/1/inputs").toString())
        .isEqualTo("{\"seed\":5,\"noise_seed\":0,\"steps\":3}");
    assertThat(prompt.at("/2/inputs/seed").isArray()).isTrue();
  }

  @Test
  void fixesTheSeedsOfTheEditorsFormat() {
    assertThat(seeds(Workflow.Format.EDITOR, "{}").at("/1/inputs").toString())
        .isEqualTo("{\"seed\":0,\"noise_seed\":0,\"steps\":3}");
  }

  @Test
  void doesWithSeedsWhatTheSettingsSay() {
    assertThat(seeds(Workflow.Format.API, "{\"seed\":9}").at("/1/inputs").toString())
        .isEqualTo("{\"seed\":9,\"noise_seed\":9,\"steps\":3}");
    assertThat(seeds(Workflow.Format.EDITOR, "{\"seed\":\"keep\"}").at("/1/inputs").toString())
        .isEqualTo("{\"seed\":5,\"noise_seed\":-1,\"steps\":3}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"sede\":1}",
        "{\"seed\":-1}",
        "{\"seed\":1.5e30}",
        "{\"seed\":\"x\"}",
        "{\"inputs\":\"a.png\"}",
        "{\"inputs\":[1]}",
        "{\"time_limit_seconds\":0}",
        "{\"tolerance\":1}",
        "{\"tolerance\":{\"1\":\"about\"}}",
        "{\"tolerance\":{\"1\":{}}}",
        "{\"tolerance\":{\"1\":{\"maximum_difference\":-1}}}",
        "{\"tolerance\":{\"1\":{\"minimum_similarity\":1.1}}}",
        "{\"tolerance\":{\"1\":{\"maximum_difference\":1,\"more\":1}}}",
        "{\"tolerance\":{\"1\":7}}"
      })
  void refusesWrongSettings(String text) {
    assertThatThrownBy(() -> TestSettings.parse(FILE, Samples.json(text)))
        .isInstanceOf(GoldenException.class)
        .hasMessageStartingWith("a.json: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none.png", "a\u0000b"})
  void saysThatAnInputIsNotThere(String name) {
    assertThatThrownBy(() -> Inputs.find(FILE, name))
        .isInstanceOf(GoldenException.class)
        .hasMessage("The input " + name + " is not there.");
  }

  @Test
  void findsWorkflowsAndPassesOverTheRest(@TempDir Path folder) throws IOException {
    for (String name :
        List.of(
            "b.json",
            "a/c.json",
            "a/c.test.json",
            "a/c.golden/golden.json",
            "a/c.inputs/x.json",
            ".hidden/x.json",
            "out/report.json",
            "tidepool-report/report.json",
            "node_modules/x.json",
            "readme.md")) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), "{}");
    }
    List<Path> found =
        WorkflowFiles.find(List.of(folder.resolve("b.json"), folder), folder.resolve("out"));
    assertThat(found).containsExactly(folder.resolve("b.json"), folder.resolve("a/c.json"));
    assertThatThrownBy(() -> WorkflowFiles.find(List.of(folder.resolve("none")), folder))
        .isInstanceOf(GoldenException.class)
        .hasMessageContaining("There is no ");
  }
}
