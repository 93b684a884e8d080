package dev.tidepool.importing;

import dev.tidepool.bundle.BundleManifest;
import dev.tidepool.bundle.BundleOrigin;
import dev.tidepool.bundle.BundleSource;
import dev.tidepool.bundle.BundleWriter;
import dev.tidepool.bundle.BundledModel;
import dev.tidepool.bundle.BundledPack;
import dev.tidepool.bundle.BundledPool;
import dev.tidepool.hash.Blake3;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.Progress;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.NodeRef;
import dev.tidepool.manifest.NodeSource;
import dev.tidepool.manifest.WorkflowEntry;
import dev.tidepool.manifest.WorkflowModel;
import dev.tidepool.version.Graphs;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Makes bundles as an export does, and such as no export makes. */
public final class BundleForge {
  static final String LOCK =
      """
      version = 1
      revision = 3
      requires-python = ">=3.11"

      [[package]]
      name = "comfydock-env-far-away"
      version = "0.1.0"
      source = { virtual = "." }
      """;

  private ComfyUiPin comfyUi = new ComfyUiPin("v0.4.0", Optional.of("release"), Optional.empty());
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<BundledModel> models = new ArrayList<>();
  private final List<BundledPack> packs = new ArrayList<>();
  private final List<BundledPool> pools = new ArrayList<>();
  private final List<String> workflows = new ArrayList<>();
  private Manifest project =
      Manifest.initial(new Manifest.Start("far-away", "3.11", comfyUi, "cpu"));
  private String lock = LOCK;
  private UnaryOperator<String> projectEdit = text -> text;
  private Optional<String> comfydockLock = Optional.empty();

  /** Which ComfyUI it was made with. */
  BundleForge comfyUi(ComfyUiPin pin) {
    comfyUi = pin;
    project = project.withComfyUi(pin);
    return this;
  }

  /** A workflow that loads a checkpoint. */
  public BundleForge workflow(String name, String checkpoint) {
    workflows.add(name + ".json");
    files.put(
        "workflows/" + name + ".json", Graphs.text(checkpoint, 1).getBytes(StandardCharsets.UTF_8));
    List<WorkflowModel> named = new ArrayList<>();
    for (BundledModel model : models) {
      if (model.relativePath().equals("checkpoints/" + checkpoint)) {
        named.add(
            new WorkflowModel(
                model.filename(),
                "checkpoints",
                "flexible",
                WorkflowModel.RESOLVED,
                List.of(new NodeRef("1", "CheckpointLoaderSimple", 0, checkpoint)),
                Optional.of(model.quick()),
                List.of(),
                Optional.empty()));
      }
    }
    project =
        project.withWorkflow(
            name, new WorkflowEntry("workflows/" + name + ".json", List.of(), named, Map.of()));
    return this;
  }

  /** Another content of a workflow. */
  public BundleForge workflowFile(String name, String content) {
    return file("workflows/" + name + ".json", content);
  }

  /** A model; it travels with the bundle when there is no address. */
  public BundleForge model(String path, byte[] content, URI... sources) throws IOException {
    Path file = Files.createTempFile("tidepool-forge", ".model");
    Files.write(file, content);
    String quick = new FileHasher(1).quick(file);
    Files.delete(file);
    boolean member = sources.length == 0;
    if (member) {
      files.put("models/" + path, content);
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    List<String> addresses = java.util.Arrays.stream(sources).map(URI::toString).toList();
    models.add(
        new BundledModel(
            name,
            path,
            content.length,
            Sha256.of(content),
            blake3(content),
            quick,
            addresses,
            member ? Optional.of("models/" + path) : Optional.empty(),
            List.of()));
    project =
        project.withModels(
            List.of(
                new ModelEntry(
                    quick,
                    name,
                    content.length,
                    path,
                    path.substring(0, path.indexOf('/')),
                    addresses)));
    return this;
  }

  /** A pack of the registry. */
  public BundleForge registryPack(String id, String version, String... requirements) {
    NodeEntry entry = NodeEntry.registry(id, id, version);
    return pack(id, entry, requirements);
  }

  /** A pack of a repository. */
  BundleForge gitPack(String name, String repository, String commit) {
    return pack(name, NodeEntry.git(name, repository, commit));
  }

  /** A development node with one file. */
  public BundleForge developmentPack(String name, String content, String... requirements) {
    files.put("dev_nodes/" + name + "/__init__.py", content.getBytes(StandardCharsets.UTF_8));
    return pack(name, NodeEntry.development(name), requirements);
  }

  /** One that has an install script. */
  public BundleForge scriptedPack(String name, String script) {
    files.put("dev_nodes/" + name + "/install.py", script.getBytes(StandardCharsets.UTF_8));
    return developmentPack(name, "");
  }

  private BundleForge pack(String id, NodeEntry entry, String... requirements) {
    project = project.withNode(id, entry);
    if (requirements.length > 0) {
      project = project.withGroup(NodeEntry.groupName(entry, id), List.of(requirements));
    }
    boolean git = entry.source() == NodeSource.GIT;
    packs.add(
        new BundledPack(
            id,
            entry.name(),
            entry.source(),
            git ? Optional.empty() : entry.version(),
            entry.repository(),
            git ? entry.version() : Optional.empty(),
            entry.downloadUrl(),
            entry.source() == NodeSource.DEVELOPMENT
                ? Optional.of("dev_nodes/" + entry.name())
                : Optional.empty()));
    return this;
  }

  /** A pool profile. */
  BundleForge pool(String id, String name, Path archive) throws IOException {
    pools.add(new BundledPool(id, name, "pools/" + id + ".zip"));
    files.put("pools/" + id + ".zip", Files.readAllBytes(archive));
    return this;
  }

  BundleForge file(String path, String content) {
    files.put(path, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Changes {@code pyproject.toml} behind the manifest's back. */
  BundleForge project(UnaryOperator<String> edit) {
    projectEdit = edit;
    return this;
  }

  BundleForge lock(String text) {
    lock = text;
    return this;
  }

  BundleForge comfydockLock(String text) {
    comfydockLock = Optional.of(text);
    return this;
  }

  String sha256(int model) {
    return models.get(model).sha256();
  }

  /** Writes the bundle. */
  public Path write(Path target) {
    BundleManifest manifest =
        new BundleManifest(
            "tidepool test",
            new BundleOrigin("far-away", Optional.of("v3"), Optional.empty()),
            Optional.of("3.11"),
            Optional.of("cpu"),
            comfyUi,
            workflows,
            packs,
            models,
            pools,
            List.of());
    List<BundleSource> sources = new ArrayList<>();
    files.forEach((path, content) -> sources.add(BundleSource.of(path, content)));
    sources.add(source("pyproject.toml", projectEdit.apply(project.text())));
    if (!lock.isEmpty()) {
      sources.add(source("uv.lock", lock));
    }
    comfydockLock.ifPresent(text -> sources.add(source("comfydock.lock", text)));
    new BundleWriter(1).write(target, true, manifest, sources, Optional.empty(), Progress.none());
    return target;
  }

  private static BundleSource source(String path, String text) {
    return BundleSource.of(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String blake3(byte[] bytes) {
    Blake3 hash = new Blake3();
    hash.update(bytes, 0, bytes.length);
    return HexFormat.of().formatHex(hash.digest());
  }
}
