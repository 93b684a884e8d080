package dev.tidepool.version;

import dev.tidepool.git.IgnoreRules;
import java.nio.file.Path;

/**
 * What the file {@code .cec/.comfydock_ignore} keeps out of an environment's versions. Its patterns
 * begin at a folder that holds {@code workflows} and {@code custom_nodes}; those for workflows may
 * leave {@code workflows/} out.
 */
final class Ignored {
  private final IgnoreRules rules;

  private Ignored(IgnoreRules rules) {
    this.rules = rules;
  }

  static Ignored in(Path cec) {
    return new Ignored(IgnoreRules.read(cec.resolve(".comfydock_ignore")));
  }

  /** Whether a file below ComfyUI's folder of workflows is left out. */
  boolean workflow(String path) {
    return rules.ignoresFile(path) || rules.ignoresFile("workflows/" + path);
  }

  /** Whether a folder of a node pack is left out. */
  boolean pack(String folder) {
    return rules.ignoresFolder("custom_nodes/" + folder);
  }
}
