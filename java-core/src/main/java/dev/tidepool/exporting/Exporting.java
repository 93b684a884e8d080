package dev.tidepool.exporting;

import dev.tidepool.bundle.BundleManifest;
import dev.tidepool.bundle.BundleOrigin;
import dev.tidepool.bundle.BundleSource;
import dev.tidepool.bundle.BundleWriter;
import dev.tidepool.bundle.BundledPool;
import dev.tidepool.environment.Environment;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.History;
import dev.tidepool.history.Version;
import dev.tidepool.io.Progress;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.io.Texts;
import dev.tidepool.io.WorkFolder;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.NodeSource;
import dev.tidepool.nodepack.NodeMappings;
import dev.tidepool.pool.PoolBase;
import dev.tidepool.profile.Profile;
import dev.tidepool.profile.ProfileStore;
import dev.tidepool.resolution.Asking;
import dev.tidepool.resolution.Offering;
import dev.tidepool.version.CommitPlan;
import dev.tidepool.version.Gathering;
import dev.tidepool.version.PlannedWorkflow;
import dev.tidepool.version.Surroundings;
import dev.tidepool.version.TrackedWorkflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Exports workflows of an environment with just what they need, or all of it, as a bundle. The
 * environment stays as it is, and the bundle appears when it is whole. For one thread.
 *
 * <pre>{@code
 * Exported exported =
 *     new Exporting(environment, history, around, tools)
 *         .export(request, Path.of("portrait_bundle.tar.gz"), false, asking, steps);
 * }</pre>
 */
public final class Exporting {
  private static final String BUNDLE = "_bundle.tar.gz";

  private final Environment environment;
  private final History history;
  private final Surroundings around;
  private final Tools tools;

  /**
   * What exporting works with.
   *
   * @param name what the bundle says that made it: {@code tidepool 0.1.0}
   * @param mappings which packs bring which node types
   * @param addresses where models can be downloaded
   * @param threads how many may work at a time
   */
  public record Tools(String name, NodeMappings mappings, Addresses addresses, int threads) {}

  /** For one environment. */
  public Exporting(Environment environment, History history, Surroundings around, Tools tools) {
    this.environment = environment;
    this.history = history;
    this.around = around;
    this.tools = tools;
  }

  /** What a bundle is called when nobody says: {@code portrait_bundle.tar.gz}. */
  public static String fileName(ExportRequest request, Environment environment) {
    String name =
        request.workflows().size() == 1
            ? bare(request.workflows().get(0)).replaceFirst("^.*/", "")
            : environment.name();
    return name + BUNDLE;
  }

  /**
   * Exports.
   *
   * @param target where to; its folder is there
   * @param replaces whether it may be there already
   * @param asking makes who is asked where no file of a model is sure
   * @param steps hears how it goes
   * @throws TidepoolException {@code workflow-not-found}; {@code export-secrets}; {@code
   *     export-source-missing}; why a named workflow cannot be read; what {@link BundleWriter}
   *     throws. Nothing is at the target then that was not there before.
   */
  public Exported export(
      ExportRequest request,
      Path target,
      boolean replaces,
      Function<Offering, Asking> asking,
      Steps steps) {
    BundleWriter.requireFree(target, replaces);
    return StorageFailures.translate(
        "export to " + target,
        () -> {
          try (WorkFolder work = WorkFolder.in(target.toAbsolutePath().resolveSibling(""))) {
            return collected(request, target, replaces, asking, steps, work.path());
          }
        });
  }

  private Exported collected(
      ExportRequest request,
      Path target,
      boolean replaces,
      Function<Offering, Asking> asking,
      Steps steps,
      Path scratch)
      throws IOException {
    steps.begin("Reading workflows");
    CommitPlan gathered = gathered(request, asking, steps);
    List<PlannedWorkflow> workflows = gathered.planned();
    Manifest whole = environment.manifest();
    PackSources packSources = new PackSources(environment.customNodes());
    PackChoice choice = PackChoice.of(workflows, whole, packSources, tools.mappings());
    Set<String> packs = request.isWhole() ? whole.nodes().keySet() : choice.ids();
    ModelCollection models =
        ModelCollection.of(
            workflows,
            whole,
            new ModelDigests(around.modelIndex(), around.clock(), tools.threads()),
            tools.addresses(),
            request.withModels(),
            steps);
    Manifest reduced = ReducedManifest.of(whole, packs, workflows, models::addresses);
    List<String> notes = new ArrayList<>(models.notes());
    steps.begin("Collecting files");
    SecretScan secrets = new SecretScan();
    List<BundleSource> sources = new ArrayList<>(models.sources());
    sources.addAll(described(reduced, workflows, secrets));
    sources.addAll(development(reduced, secrets, notes));
    secrets.require();
    List<BundledPool> pools = pools(request, workflows, scratch, sources, notes);
    BundleManifest manifest =
        new Description(tools.name(), origin()).manifest(reduced, workflows, models, pools);
    sources.add(BundleSource.of("comfydock.lock", BundleLock.of(manifest)));
    steps.begin("Writing " + target.getFileName());
    BundleManifest written =
        new BundleWriter(tools.threads())
            .write(target, replaces, manifest, sources, request.key(), steps);
    return new Exported(
        target,
        Files.size(target),
        written,
        gathered.open(),
        models.unfetchable(),
        choice.unknownTypes(),
        gathered.invalid().stream()
            .flatMap(workflow -> workflow.problem().stream())
            .map(problem -> problem.message())
            .toList(),
        notes);
  }

  private CommitPlan gathered(
      ExportRequest request, Function<Offering, Asking> asking, Steps steps) {
    Set<String> wanted = new LinkedHashSet<>();
    request.workflows().forEach(name -> wanted.add(bare(name)));
    CommitPlan gathered =
        Gathering.of(
            environment, around, name -> request.isWhole() || wanted.contains(name), asking, steps);
    if (request.isWhole()) {
      return gathered;
    }
    for (TrackedWorkflow invalid : gathered.invalid()) {
      invalid
          .problem()
          .ifPresent(
              problem -> {
                throw new TidepoolException(
                    ErrorKind.MALFORMED,
                    "workflow-invalid",
                    problem.message(),
                    problem.hints().toArray(String[]::new));
              });
    }
    gathered.planned().forEach(workflow -> wanted.remove(workflow.name()));
    if (!wanted.isEmpty()) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "workflow-not-found",
          "There is no workflow "
              + Texts.quoted(wanted.iterator().next())
              + " in the ComfyUI of "
              + environment.name()
              + ".",
          "tidepool status lists the workflows; save it in ComfyUI first if it is a new one.");
    }
    return gathered;
  }

  private static String bare(String name) {
    return name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
  }

  /** What describes the environment, and the workflows. */
  private List<BundleSource> described(
      Manifest reduced, List<PlannedWorkflow> workflows, SecretScan secrets) throws IOException {
    List<BundleSource> sources = new ArrayList<>();
    byte[] pyproject = reduced.text().getBytes(StandardCharsets.UTF_8);
    secrets.addresses("pyproject.toml", pyproject);
    sources.add(BundleSource.of("pyproject.toml", pyproject));
    for (String name : List.of("uv.lock", ".python-version", ".comfydock_ignore")) {
      Path file = environment.cec().resolve(name);
      if (Files.isRegularFile(file)) {
        byte[] content = Files.readAllBytes(file);
        secrets.addresses(name, content);
        sources.add(BundleSource.of(name, content));
      }
    }
    for (PlannedWorkflow workflow : workflows) {
      secrets.workflow(workflow.entry().path(), workflow.after());
      sources.add(BundleSource.of(workflow.entry().path(), workflow.after()));
    }
    return sources;
  }

  private List<BundleSource> development(Manifest reduced, SecretScan secrets, List<String> notes)
      throws IOException {
    List<BundleSource> sources = new ArrayList<>();
    for (Map.Entry<String, NodeEntry> pack : reduced.nodes().entrySet()) {
      if (pack.getValue().source() == NodeSource.DEVELOPMENT) {
        String folder = PackChoice.folder(pack.getKey(), pack.getValue());
        DevelopmentSource source =
            DevelopmentSource.of(
                environment.customNodes().resolve(folder), "dev_nodes/" + folder, secrets);
        sources.addAll(source.files());
        source.links().forEach(link -> notes.add(link + " is a link, and stays behind."));
      }
    }
    return sources;
  }

  private List<BundledPool> pools(
      ExportRequest request,
      List<PlannedWorkflow> workflows,
      Path scratch,
      List<BundleSource> sources,
      List<String> notes)
      throws IOException {
    Path base = PoolBase.of(environment.comfyUi());
    ProfileStore store = new ProfileStore(base, around.clock(), new StoreLocks());
    NamedPools named = NamedPools.of(workflows, around.loaders().get(), store);
    notes.addAll(named.notes());
    List<BundledPool> pools = new ArrayList<>();
    for (Profile profile : named.profiles().values()) {
      if (request.withPools()) {
        String member = "pools/" + profile.id() + ".zip";
        Path archive = scratch.resolve(profile.id() + ".zip");
        store.exportTo(profile.id(), archive, Progress.none());
        sources.add(BundleSource.of(member, archive));
        pools.add(new BundledPool(profile.id(), profile.name(), member));
      } else {
        notes.add(
            "The pool profile "
                + Texts.quoted(profile.name())
                + " stays behind; with --with-pools it goes along.");
      }
    }
    return pools;
  }

  private BundleOrigin origin() {
    Optional<Version> version = history.versions(1).stream().findFirst();
    return new BundleOrigin(
        environment.name(), version.map(Version::name), version.map(Version::commit));
  }
}
