package dev.tidepool.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.JsonTree;
import java.io.IOException;

/**
 * {@code profile_meta.json} in an archive: {@code {"name":"Sea","format":1,"created":…}}. Only the
 * name is needed.
 */
record ArchiveMeta(String name, long created) {
  private static final int FORMAT = 1;

  static ArchiveMeta of(Profile profile) {
    return new ArchiveMeta(profile.name(), profile.created());
  }

  byte[] bytes() throws IOException {
    return JsonTree.write(
        JsonTree.object().put("name", name).put("format", FORMAT).put("created", created));
  }

  static ArchiveMeta read(byte[] bytes) throws IOException {
    JsonNode tree;
    try {
      tree = JsonTree.read(bytes);
    } catch (JsonProcessingException e) {
      throw damaged("its profile_meta.json is no JSON");
    }
    if (!tree.path("name").isTextual()) {
      throw damaged("its profile_meta.json gives no name");
    }
    if (tree.path("format").asLong(FORMAT) > FORMAT) {
      throw new TidepoolException(
          ErrorKind.UNSUPPORTED,
          "archive-version-unsupported",
          "This archive was written by a newer Tidepool.",
          "Update Tidepool, then try again.");
    }
    return new ArchiveMeta(tree.path("name").asText(), tree.path("created").asLong());
  }

  private static TidepoolException damaged(String why) {
    return new TidepoolException(
        ErrorKind.MALFORMED, "archive-not-a-profile", "This is no profile archive: " + why + ".");
  }
}
