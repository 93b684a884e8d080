package dev.tidepool.bundle;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.Texts;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.NodeSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads manifests of bundles, and refuses what does not fit together. */
final class ManifestReading {
  static final int SCHEMA = 1;

  private final Map<String, BundleMember> members = new HashMap<>();
  private final Set<String> modelPlaces = new HashSet<>();

  private ManifestReading() {}

  static BundleManifest parse(byte[] json) {
    JsonNode root;
    try {
      root = JsonTree.read(json);
    } catch (JacksonException e) {
      throw ManifestFields.wrong("something", "is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw ManifestFields.wrong("something", "is not UTF-8");
    }
    return new ManifestReading().read(ManifestFields.of("the whole", root));
  }

  private BundleManifest read(ManifestFields whole) {
    ManifestFields root = new ManifestFields("", whole.node());
    requireSchema(root);
    List<BundleMember> all = root.objects("members", this::member);
    ManifestFields environment = root.in("environment");
    ManifestFields comfyUi = root.in("comfyui");
    List<String> workflows = root.paths("workflows");
    for (String workflow : workflows) {
      if (!workflow.endsWith(".json") || !members.containsKey("workflows/" + workflow)) {
        throw root.wrong("workflows", "names a workflow that is not in the bundle", workflow);
      }
    }
    return new BundleManifest(
        root.text("tool"),
        new BundleOrigin(
            environment.text("name"),
            environment.optional("version"),
            environment.optional("commit")),
        root.optional("python"),
        root.optional("torch_backend"),
        new ComfyUiPin(
            comfyUi.text("version"), comfyUi.optional("version_type"), comfyUi.optional("commit")),
        workflows,
        root.objects("packs", this::pack),
        root.objects("models", this::model),
        root.objects("pools", this::pool),
        all);
  }

  private static void requireSchema(ManifestFields root) {
    long schema = root.size("schema");
    if (schema > SCHEMA) {
      throw new TidepoolException(
          ErrorKind.UNSUPPORTED,
          "bundle-version-unsupported",
          "A newer Tidepool made the bundle: its schema is "
              + schema
              + ", this one reads up to "
              + SCHEMA
              + ".",
          "Update Tidepool, then try again.");
    }
    if (schema < 1) {
      throw root.wrong("schema", "is none", Long.toString(schema));
    }
  }

  private BundleMember member(ManifestFields fields) {
    BundleMember member =
        new BundleMember(fields.path("path"), fields.size("size"), fields.digest("sha256"));
    if (members.put(member.path(), member) != null) {
      throw fields.wrong("path", "is there twice", member.path());
    }
    return member;
  }

  private BundledPack pack(ManifestFields fields) {
    String source = fields.text("source");
    Optional<String> member = fields.optional("member");
    String name = fields.name("name");
    if (member.isPresent() && !member.get().equals(Places.DEVELOPMENT + name)) {
      throw fields.wrong("member", "is not the pack's place", member.get());
    }
    return new BundledPack(
        fields.name("id"),
        name,
        Arrays.stream(NodeSource.values())
            .filter(one -> one.text().equals(source))
            .findFirst()
            .orElseThrow(() -> fields.wrong("source", "is none that is known", source)),
        fields.optional("version"),
        fields.optional("repository"),
        fields.optional("commit"),
        fields.optional("download_url"),
        member);
  }

  private BundledModel model(ManifestFields fields) {
    BundledModel model =
        new BundledModel(
            fields.name("filename"),
            fields.path("relative_path"),
            fields.size("size"),
            fields.digest("sha256"),
            fields.digest("blake3"),
            fields.optional("quick").orElse(""),
            fields.texts("sources"),
            fields.optional("member"),
            fields.paths("used_by"));
    if (!model.relativePath().endsWith("/" + model.filename())) {
      throw fields.wrong("relative_path", "does not end in the file's name", model.relativePath());
    }
    if (!modelPlaces.add(Texts.key(model.relativePath()))) {
      throw fields.wrong("relative_path", "is there twice", model.relativePath());
    }
    if (model.member().isPresent()) {
      BundleMember file = inBundle(fields, model.member().get(), Places.MODELS);
      if (file.size() != model.size() || !file.sha256().equals(model.sha256())) {
        throw fields.wrong("member", "is another file than the model", file.path());
      }
    }
    return model;
  }

  private BundledPool pool(ManifestFields fields) {
    BundledPool pool =
        new BundledPool(fields.name("id"), fields.text("name"), fields.text("member"));
    inBundle(fields, pool.member(), Places.POOLS);
    return pool;
  }

  private BundleMember inBundle(ManifestFields fields, String path, String place) {
    BundleMember member = members.get(path);
    if (member == null || !path.startsWith(place)) {
      throw fields.wrong("member", "is not in the bundle", path);
    }
    return member;
  }
}
