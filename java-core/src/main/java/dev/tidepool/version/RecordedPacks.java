package dev.tidepool.version;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import java.util.ArrayList;
import java.util.List;

/** The node packs of a manifest. */
final class RecordedPacks {
  private RecordedPacks() {}

  static List<RecordedPack> of(Manifest manifest) {
    List<RecordedPack> packs = new ArrayList<>();
    manifest.nodes().forEach((id, entry) -> packs.add(of(id, entry)));
    return packs;
  }

  private static RecordedPack of(String id, NodeEntry entry) {
    return new RecordedPack(
        id,
        folder(entry.name().isEmpty() ? id : entry.name()),
        entry.source().text(),
        entry.version().orElse(""),
        entry.branch().orElse(""),
        entry.pinnedCommit().orElse(""),
        entry.registryId().orElse(""),
        entry.repository().orElse(""));
  }

  /** The manifest may come from anywhere, and its names become paths. */
  private static String folder(String name) {
    boolean plain =
        !name.isBlank()
            && !name.startsWith(".")
            && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ');
    if (!plain) {
      throw new TidepoolException(
          ErrorKind.MALFORMED,
          "pack-name-invalid",
          "The manifest names a node pack " + Texts.quoted(name) + ", which is no folder's name.",
          "Mend the name in .cec/pyproject.toml.");
    }
    return name;
  }
}
