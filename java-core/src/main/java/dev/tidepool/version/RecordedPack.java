package dev.tidepool.version;

/**
 * A node pack as the manifest has it.
 *
 * @param id its key in the manifest
 * @param name the name of its folder
 * @param source where it comes from: the registry, git, or development
 * @param version as recorded; may be empty
 * @param branch of a development node when it was recorded; may be empty
 * @param commit that it is pinned to; may be empty
 * @param registryId in ComfyUI's registry; may be empty
 * @param repository its address; may be empty
 */
record RecordedPack(
    String id,
    String name,
    String source,
    String version,
    String branch,
    String commit,
    String registryId,
    String repository) {
  boolean isDevelopment() {
    return source.equals("development");
  }
}
