package dev.tidepool.harness.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How one workflow is tested, from {@code NAME.test.json} beside it.
 *
 * <pre>{@code
 * {
 *   "seed": 7,
 *   "time_limit_seconds": 30,
 *   "inputs": ["../shared/cat.png"],
 *   "tolerance": {"9": {"maximum_difference": 2, "minimum_similarity": 0.98}, "12": "ignore"},
 *   "compare_executed": true,
 *   "compare_cached": false
 * }
 * }</pre>
 *
 * @param seed the number for all seeds; empty: see {@link Seeds}
 * @param keepSeeds whether all seeds stay as they are
 * @param inputs files and folders for ComfyUI's input folder; empty: {@code NAME.inputs}
 * @param tolerances by node; {@code *} stands for all others
 */
record TestSettings(
    Optional<Long> seed,
    boolean keepSeeds,
    Optional<List<String>> inputs,
    Map<String, Tolerance> tolerances,
    boolean executed,
    boolean cached,
    Duration timeLimit) {
  static final TestSettings USUAL =
      new TestSettings(
          Optional.empty(), false, Optional.empty(), Map.of(), true, true, Duration.ofMinutes(2));

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> KNOWN =
      Set.of(
          "seed",
          "inputs",
          "tolerance",
          "compare_executed",
          "compare_cached",
          "time_limit_seconds");

  /** Reads the settings, which may be missing. */
  static TestSettings read(Path file) {
    try {
      return parse(file, JSON.readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return USUAL;
    } catch (JsonProcessingException e) {
      throw new GoldenException(file + " is no JSON: " + e.getOriginalMessage() + ".");
    } catch (IOException e) {
      throw new GoldenException(file + " cannot be read: " + e.getMessage() + ".");
    }
  }

  static TestSettings parse(Path file, JsonNode json) {
    demand(json.isObject(), file, "it has to be a JSON object");
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      demand(
          KNOWN.contains(entry.getKey()),
          file,
          "there is no setting \"%s\"; the settings are %s"
              .formatted(entry.getKey(), String.join(", ", KNOWN.stream().sorted().toList())));
    }
    JsonNode seed = json.path("seed");
    boolean keep = seed.asText().equals("keep");
    demand(
        seed.isMissingNode() || keep || (seed.canConvertToLong() && seed.asLong() >= 0),
        file,
        "\"seed\" has to be a whole number from 0 on, or \"keep\"");
    double limit = json.path("time_limit_seconds").asDouble((double) USUAL.timeLimit.toSeconds());
    demand(limit > 0 && limit <= 86_400, file, "\"time_limit_seconds\" has to be from 0 to 86400");
    return new TestSettings(
        seed.isNumber() ? Optional.of(seed.asLong()) : Optional.empty(),
        keep,
        inputs(file, json.path("inputs")),
        tolerances(file, json.path("tolerance")),
        json.path("compare_executed").asBoolean(true),
        json.path("compare_cached").asBoolean(true),
        Duration.ofMillis((long) (limit * 1000)));
  }

  private static Optional<List<String>> inputs(Path file, JsonNode json) {
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    List<String> inputs = new ArrayList<>();
    demand(json.isArray(), file, "\"inputs\" has to be a list of files and folders");
    for (JsonNode input : json) {
      demand(input.isTextual(), file, "\"inputs\" has to be a list of files and folders");
      inputs.add(input.asText());
    }
    return Optional.of(inputs);
  }

  private static Map<String, Tolerance> tolerances(Path file, JsonNode json) {
    demand(
        json.isMissingNode() || json.isObject(),
        file,
        "\"tolerance\" has to be an object with ids of nodes, or *");
    Map<String, Tolerance> tolerances = new TreeMap<>();
    json.properties()
        .forEach(entry -> tolerances.put(entry.getKey(), tolerance(file, entry.getValue())));
    return tolerances;
  }

  private static Tolerance tolerance(Path file, JsonNode json) {
    if (json.isTextual()) {
      demand(
          Set.of("exact", "ignore").contains(json.asText()),
          file,
          "a tolerance is \"exact\", \"ignore\" or an object, not " + json);
      return json.asText().equals("exact") ? Tolerance.EXACT : Tolerance.IGNORED;
    }
    Optional<Double> most = number(file, json, "maximum_difference", Double.MAX_VALUE);
    Optional<Double> least = number(file, json, "minimum_similarity", 1);
    demand(
        json.isObject()
            && (most.isPresent() || least.isPresent())
            && json.size() == most.stream().count() + least.stream().count(),
        file,
        "a tolerance has \"maximum_difference\", \"minimum_similarity\" or both, and nothing else");
    return new Tolerance(true, most, least);
  }

  private static Optional<Double> number(Path file, JsonNode json, String name, double most) {
    JsonNode value = json.path(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    demand(
        value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= most,
        file,
        "\"%s\" has to be a number from 0%s".formatted(name, most == 1 ? " to 1" : " on"));
    return Optional.of(value.asDouble());
  }

  private static void demand(boolean condition, Path file, String text) {
    if (!condition) {
      throw new GoldenException(file + ": " + text + ".");
    }
  }

  /** How far a node's outputs may be from their goldens. */
  Tolerance tolerance(String node) {
    return tolerances.getOrDefault(node, tolerances.getOrDefault("*", Tolerance.EXACT));
  }
}
