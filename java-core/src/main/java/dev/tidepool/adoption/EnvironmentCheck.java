package dev.tidepool.adoption;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found of one environment of ComfyDock.
 *
 * @param name of the environment
 * @param comfyUi its version of ComfyUI; empty when nothing says so
 * @param packs how many node packs it lists
 * @param workflows how many workflows are in ComfyUI as they are in {@code .cec}
 * @param differing the others, by name: {@code new}, {@code modified}, {@code deleted}
 * @param problems what stands in the way, sentences
 * @param version its newest version, such as {@code v3}; nothing when it has none
 */
public record EnvironmentCheck(
    String name,
    String comfyUi,
    int packs,
    int workflows,
    Map<String, String> differing,
    List<String> problems,
    Optional<String> version) {
  /** Copies the collections. */
  public EnvironmentCheck {
    differing = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(differing));
    problems = List.copyOf(problems);
  }

  /** Whether its first version is to be made. */
  public boolean needsFirstVersion() {
    return version.isEmpty() && problems.isEmpty();
  }

  EnvironmentCheck at(String made) {
    return new EnvironmentCheck(
        name, comfyUi, packs, workflows, differing, problems, Optional.of(made));
  }
}
