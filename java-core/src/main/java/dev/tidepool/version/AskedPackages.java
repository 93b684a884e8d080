package dev.tidepool.version;

import dev.tidepool.manifest.Manifest;
import dev.tidepool.toml.TomlDocument;
import java.util.Arrays;
import java.util.List;

/** Which Python packages a manifest asks for: the parts of it that uv reads. */
final class AskedPackages {
  private AskedPackages() {}

  /** Equal when uv would lock the same. */
  static List<Object> of(Manifest manifest) {
    TomlDocument document = TomlDocument.parse(manifest.text(), "pyproject.toml");
    return Arrays.asList(
        String.valueOf(document.get("project")),
        String.valueOf(document.get("dependency-groups")),
        String.valueOf(document.get("tool", "uv")));
  }
}
