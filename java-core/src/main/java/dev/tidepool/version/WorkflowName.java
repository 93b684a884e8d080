package dev.tidepool.version;

import dev.tidepool.io.Texts;

/** Names of workflows: {@code drafts/portrait} for the file {@code drafts/portrait.json}. */
final class WorkflowName {
  private static final String EXTENSION = ".json";

  private WorkflowName() {}

  /** The name of the file at a path below the folder of workflows, with {@code /}. */
  static String of(String path) {
    String stem =
        path.endsWith(EXTENSION) ? path.substring(0, path.length() - EXTENSION.length()) : path;
    return isFile(stem) ? path : stem;
  }

  /** The path of a name's file below the folder, with {@code /}. */
  static String path(String name) {
    return isFile(name) ? name : name + EXTENSION;
  }

  private static boolean isFile(String name) {
    return Texts.key(name).endsWith(EXTENSION);
  }
}
