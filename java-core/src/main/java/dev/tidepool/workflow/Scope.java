package dev.tidepool.workflow;

/**
 * Which graph of a workflow something is in.
 *
 * @param id the id of the subgraph's definition, {@code workflow>NAME} for a group node; empty for
 *     the workflow itself
 * @param name the name that people gave the subgraph; empty for the workflow itself
 */
public record Scope(String id, String name) {
  /** The workflow itself. */
  public static final Scope ROOT = new Scope("", "");

  static final String GROUP = "workflow>";
  private static final String OLD_GROUP = "workflow/";

  /** Whether this is the workflow itself, not a graph within it. */
  public boolean isRoot() {
    return id.isEmpty();
  }

  /** Whether this is the inside of a group node. */
  boolean isGroup() {
    return id.startsWith(GROUP);
  }

  /** The scope that nodes of a type are instances of, if there is one with that id. */
  static String idOf(String type) {
    return type.startsWith(OLD_GROUP) ? GROUP + type.substring(OLD_GROUP.length()) : type;
  }
}
