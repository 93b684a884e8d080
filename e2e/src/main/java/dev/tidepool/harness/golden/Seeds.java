package dev.tidepool.harness.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Fixes what would make each run another: inputs called {@code seed} or {@code noise_seed} that
 * hold a number. Where the settings name a number, all get it. Otherwise a graph in the editor's
 * format gets 0, for its file holds what the last run drew; a graph in API format keeps what is
 * written there, but for numbers below zero, by which nodes mean a random one.
 */
final class Seeds {
  private static final Set<String> NAMES = Set.of("seed", "noise_seed");

  private Seeds() {}

  /** Changes the graph, which is in API format. */
  static void fix(ObjectNode prompt, Workflow.Format format, TestSettings settings) {
    if (settings.keepSeeds()) {
      return;
    }
    for (JsonNode node : prompt) {
      if (node.path("inputs") instanceof ObjectNode inputs) {
        for (String name : NAMES) {
          JsonNode value = inputs.path(name);
          boolean drawn = format == Workflow.Format.EDITOR || value.asDouble() < 0;
          if (value.isNumber() && (settings.seed().isPresent() || drawn)) {
            inputs.put(name, settings.seed().orElse(0L));
          }
        }
      }
    }
  }
}
