package dev.tidepool.harness.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectorTest {
  private final Collector collector =
      new Collector(
          file -> file.path("filename").asText().getBytes(StandardCharsets.UTF_8), "/tmp/base");

  @Test
  void fetchesFilesAndKeepsValues() {
    var outputs =
        collector.outputs(
            Samples.json(
                "{\"10\":{\"images\":[{\"filename\":\"a.txt\",\"type\":\"temp\"}],\"animated\":[false]},"
                    + "\"9\":{\"text\":\"one\"},\"8\":{}}"));
    assertThat(outputs.keySet()).containsExactly("9", "10");
    assertThat(outputs.get("9")).containsEntry("text", List.of(Samples.value("\"one\"")));
    assertThat(outputs.get("10")).containsEntry("animated", List.of(Samples.value("false")));
    assertThat(outputs.get("10"))
        .containsEntry(
            "images", List.of(Samples.file("a.txt", "a.txt".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void masksWhatDiffersFromRunToRun() {
    var outputs =
        collector.outputs(
            Samples.json(
                "{\"1\":{\"text\":[{\"a\":[\"<X at 0x7f12ab34cd56> in /tmp/base/out\",2]}]}}"));
    assertThat(outputs.get("1"))
        .containsEntry("text", List.of(Samples.value("{\"a\":[\"<X at 0x…> in <base>/out\",2]}")));
    assertThat(collector.failures(List.of(new Failure("1", "E", "no /tmp/base/x"))))
        .containsExactly(new Failure("1", "E", "no <base>/x"));
  }
}
