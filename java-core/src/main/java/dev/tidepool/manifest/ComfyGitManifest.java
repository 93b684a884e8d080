package dev.tidepool.manifest;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.toml.TomlDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What ComfyGit, which came of ComfyDock, wrote: the same under {@code [tool.comfygit]}. */
public final class ComfyGitManifest {
  private static final List<String> THEIRS = List.of("tool", "comfygit");
  private static final List<String> OURS = List.of("tool", "comfydock");

  private ComfyGitManifest() {}

  /**
   * Reads a {@code pyproject.toml} of ComfyGit as one of ComfyDock; any other as it is.
   *
   * @throws TidepoolException what {@link Manifest#read} throws
   */
  public static Manifest read(Path file) {
    Manifest manifest = Manifest.read(file);
    TomlDocument document = TomlDocument.parse(manifest.text(), file.toString());
    if (document.get("tool", "comfygit") instanceof Map<?, ?> table
        && document.get("tool", "comfydock") == null) {
      return Manifest.parse(document.without(THEIRS).with(OURS, table).text());
    }
    return manifest;
  }
}
