package dev.tidepool.importing;

import dev.tidepool.bundle.Bundle;
import dev.tidepool.bundle.BundleManifest;
import dev.tidepool.bundle.BundledModel;
import dev.tidepool.bundle.BundledPack;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.toml.TomlDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a bundle to its manifest, which is what was shown and perhaps signed for: its {@code
 * pyproject.toml} and its {@code comfydock.lock} may name no other ComfyUI, Python, packs, versions
 * or addresses.
 */
final class Agreement {
  private static final String PROJECT = "pyproject.toml";
  private static final String LOCK = "comfydock.lock";

  private final BundleManifest manifest;
  private final Bundle bundle;

  Agreement(BundleManifest manifest, Bundle bundle) {
    this.manifest = manifest;
    this.bundle = bundle;
  }

  void require(Manifest project) throws IOException {
    if (!isSame(project.comfyUi(), manifest.comfyUi())) {
      throw differs(PROJECT, "ComfyUI");
    }
    if (!fits(filled(Optional.of(project.pythonVersion())), manifest.python())) {
      throw differs(PROJECT, "Python");
    }
    Map<String, NodeEntry> nodes = project.nodes();
    Map<String, BundledPack> packs = new LinkedHashMap<>();
    manifest.packs().forEach(pack -> packs.put(pack.id(), pack));
    for (Map.Entry<String, NodeEntry> node : nodes.entrySet()) {
      @Nullable BundledPack pack = packs.get(node.getKey());
      if (pack == null || !isSame(node.getValue(), pack)) {
        throw differs(PROJECT, "the node pack " + Texts.quoted(node.getKey()));
      }
    }
    for (String id : packs.keySet()) {
      if (!nodes.containsKey(id)) {
        throw differs(PROJECT, "the node pack " + Texts.quoted(id));
      }
    }
    Path lock = bundle.path(LOCK);
    if (Files.isRegularFile(lock)) {
      requireLock(
          TomlDocument.parse(new String(Files.readAllBytes(lock), StandardCharsets.UTF_8), LOCK));
    }
  }

  /** Text that is empty says as little as none. */
  private static boolean isSame(ComfyUiPin one, ComfyUiPin other) {
    // Java makes up how records compare anew in each process, which takes ten milliseconds.
    return one.version().equals(other.version())
        && filled(one.versionType()).equals(filled(other.versionType()))
        && filled(one.commit()).equals(filled(other.commit()));
  }

  private static Optional<String> filled(Optional<String> text) {
    return text.filter(each -> !each.isEmpty());
  }

  private static boolean isSame(NodeEntry node, BundledPack pack) {
    return node.name().equals(pack.name())
        && node.source() == pack.source()
        && fits(node.repository(), pack.repository())
        && fits(node.downloadUrl(), pack.downloadUrl())
        && isSameState(node, pack);
  }

  /** Whether what would be looked up and fetched is what the manifest shows. */
  private static boolean isSameState(NodeEntry node, BundledPack pack) {
    return switch (node.source()) {
      case REGISTRY ->
          node.registryId().map(id -> id.equalsIgnoreCase(pack.id())).orElse(true)
              && pack.version().equals(node.version());
      case GIT -> pack.version().isEmpty() && pack.commit().equals(node.version());
      case DEVELOPMENT ->
          (pack.commit().isEmpty() || pack.commit().equals(node.pinnedCommit()))
              && (pack.version().isEmpty() || fits(node.version(), pack.version()));
    };
  }

  /** What the project leaves out, the manifest may say. */
  private static boolean fits(Optional<String> said, Optional<String> claimed) {
    return said.isEmpty() || said.equals(claimed);
  }

  private void requireLock(TomlDocument lock) {
    List<Map<String, Object>> packs = new ArrayList<>();
    for (BundledPack pack : manifest.packs()) {
      Map<String, Object> table = new LinkedHashMap<>();
      table.put("id", pack.id());
      table.put("name", pack.name());
      pack.version().ifPresent(text -> table.put("version", text));
      pack.repository().ifPresent(text -> table.put("repository", text));
      pack.commit().ifPresent(text -> table.put("commit", text));
      pack.downloadUrl().ifPresent(text -> table.put("download_url", text));
      packs.add(table);
    }
    compare(lock, "packs", packs, "id");
    List<Map<String, Object>> models = new ArrayList<>();
    for (BundledModel model : manifest.models()) {
      models.add(
          Map.of(
              "path",
              model.relativePath(),
              "size",
              model.size(),
              "sha256",
              model.sha256(),
              "blake3",
              model.blake3(),
              "sources",
              model.sources()));
    }
    compare(lock, "models", models, "path");
  }

  /** Each table of the lock is one of the manifest's, and says nothing else of what that says. */
  private static void compare(
      TomlDocument lock, String section, List<Map<String, Object>> claimed, String key) {
    List<?> tables = lock.get(section) instanceof List<?> list ? list : List.of();
    for (Object each : tables) {
      Map<?, ?> table = each instanceof Map<?, ?> map ? map : Map.of();
      Optional<Map<String, Object>> same =
          claimed.stream().filter(one -> Objects.equals(one.get(key), table.get(key))).findFirst();
      boolean fits =
          same.isPresent()
              && table.entrySet().stream()
                  .allMatch(
                      field ->
                          field.getKey().equals("source")
                              || field
                                  .getValue()
                                  .equals(same.get().get(String.valueOf(field.getKey()))));
      if (!fits) {
        throw differs(LOCK, section + ", " + Texts.quoted(String.valueOf(table.get(key))));
      }
    }
  }

  private static TidepoolException differs(String file, String what) {
    return new TidepoolException(
        ErrorKind.MALFORMED,
        "bundle-inconsistent",
        "The bundle's " + file + " says something else than its manifest about " + what + ".",
        "Do not use it: ask whoever made it for another.");
  }
}
