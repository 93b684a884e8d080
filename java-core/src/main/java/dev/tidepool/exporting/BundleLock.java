package dev.tidepool.exporting;

import dev.tidepool.bundle.BundleManifest;
import dev.tidepool.bundle.BundledModel;
import dev.tidepool.bundle.BundledPack;
import dev.tidepool.toml.TomlDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code comfydock.lock} of a bundle: its packs and models, pinned. The same facts as in
 * the manifest, for people and for tools that read TOML.
 *
 * <pre>
 * version = 1
 *
 * [[packs]]
 * id = "rgthree-comfy"
 * name = "rgthree-comfy"
 * source = "registry"
 * version = "1.0.2"
 *
 * [[models]]
 * path = "checkpoints/sd.safetensors"
 * size = 2132625894
 * sha256 = "…"
 * blake3 = "…"
 * sources = ["https://…"]
 * </pre>
 */
final class BundleLock {
  private BundleLock() {}

  static byte[] of(BundleManifest manifest) {
    List<Map<String, Object>> packs = new ArrayList<>();
    manifest.packs().forEach(pack -> packs.add(pack(pack)));
    List<Map<String, Object>> models = new ArrayList<>();
    manifest.models().forEach(model -> models.add(model(model)));
    TomlDocument lock = TomlDocument.parse("", "comfydock.lock").with(List.of("version"), 1L);
    if (!packs.isEmpty()) {
      lock = lock.with(List.of("packs"), packs);
    }
    if (!models.isEmpty()) {
      lock = lock.with(List.of("models"), models);
    }
    return lock.text().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> pack(BundledPack pack) {
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("id", pack.id());
    table.put("name", pack.name());
    table.put("source", pack.source().text());
    put(table, "version", pack.version());
    put(table, "repository", pack.repository());
    put(table, "commit", pack.commit());
    put(table, "download_url", pack.downloadUrl());
    return table;
  }

  private static Map<String, Object> model(BundledModel model) {
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("path", model.relativePath());
    table.put("size", model.size());
    table.put("sha256", model.sha256());
    table.put("blake3", model.blake3());
    table.put("sources", model.sources());
    return table;
  }

  private static void put(Map<String, Object> table, String key, Optional<String> value) {
    value.ifPresent(text -> table.put(key, text));
  }
}
