package dev.tidepool.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.JsonTree;
import dev.tidepool.manifest.ComfyUiPin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes manifests of bundles. */
final class ManifestWriting {
  private ManifestWriting() {}

  static byte[] json(BundleManifest manifest) {
    ObjectNode root = JsonTree.object();
    root.put("schema", ManifestReading.SCHEMA).put("tool", manifest.tool());
    ObjectNode environment = root.putObject("environment");
    environment.put("name", manifest.environment().name());
    put(environment, "version", manifest.environment().version());
    put(environment, "commit", manifest.environment().commit());
    put(root, "python", manifest.python());
    put(root, "torch_backend", manifest.torchBackend());
    ComfyUiPin pin = manifest.comfyUi();
    ObjectNode comfyUi = root.putObject("comfyui").put("version", pin.version());
    put(comfyUi, "version_type", pin.versionType());
    put(comfyUi, "commit", pin.commit());
    texts(root, "workflows", manifest.workflows());
    each(root, "packs", manifest.packs(), ManifestWriting::pack);
    each(root, "models", manifest.models(), ManifestWriting::model);
    each(root, "pools", manifest.pools(), ManifestWriting::pool);
    each(root, "members", manifest.members(), ManifestWriting::member);
    try {
      return JsonTree.writeIndented(root);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private static void pack(ObjectNode node, BundledPack pack) {
    node.put("id", pack.id()).put("name", pack.name()).put("source", pack.source().text());
    put(node, "version", pack.version());
    put(node, "repository", pack.repository());
    put(node, "commit", pack.commit());
    put(node, "download_url", pack.downloadUrl());
    put(node, "member", pack.member());
  }

  private static void model(ObjectNode node, BundledModel model) {
    node.put("filename", model.filename()).put("relative_path", model.relativePath());
    node.put("size", model.size()).put("sha256", model.sha256()).put("blake3", model.blake3());
    node.put("quick", model.quick());
    texts(node, "sources", model.sources());
    put(node, "member", model.member());
    texts(node, "used_by", model.usedBy());
  }

  private static void pool(ObjectNode node, BundledPool pool) {
    node.put("id", pool.id()).put("name", pool.name()).put("member", pool.member());
  }

  private static void member(ObjectNode node, BundleMember member) {
    node.put("path", member.path()).put("size", member.size()).put("sha256", member.sha256());
  }

  private static <T> void each(
      ObjectNode root, String field, Collection<T> all, BiConsumer<ObjectNode, T> writing) {
    ArrayNode list = root.putArray(field);
    all.forEach(one -> writing.accept(list.addObject(), one));
  }

  private static void texts(ObjectNode node, String field, List<String> texts) {
    ArrayNode list = node.putArray(field);
    texts.forEach(list::add);
  }

  private static void put(ObjectNode node, String field, Optional<String> value) {
    node.put(field, value.orElse(null));
  }
}
