package dev.tidepool.importing;

import dev.tidepool.bundle.BundledModel;
import dev.tidepool.comfyui.CachedComfyUi;
import dev.tidepool.comfyui.ComfyUiCache;
import dev.tidepool.environment.Content;
import dev.tidepool.environment.Environment;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A new environment that is made of a bundle. */
final class BundleContent implements Content {
  private final ImportPlan plan;
  private final ImportTools tools;
  private final Remapping remapping;
  private final Map<BundledModel, Path> files;
  private final Manifest manifest;
  private Map<String, String> poolIds = Map.of();
  private List<String> pools = List.of();

  BundleContent(
      ImportPlan plan,
      ImportTools tools,
      Remapping remapping,
      Map<BundledModel, Path> files,
      Manifest manifest) {
    this.plan = plan;
    this.tools = tools;
    this.remapping = remapping;
    this.files = files;
    this.manifest = manifest;
  }

  @Override
  public String text() {
    return "bundle="
        + plan.arriving().digest()
        + (plan.request().skipNodes() ? " without packs" : "");
  }

  @Override
  public ComfyUiPin bring(Path folder, Steps steps) throws IOException {
    Optional<String> version =
        plan.request().comfyUi().isPresent()
            ? Optional.empty()
            : Optional.of(plan.comfyUi().asked()).filter(text -> !text.isEmpty());
    CachedComfyUi cached =
        new ComfyUiCache(tools.workspace().comfyUiCache(), tools.python(), steps)
            .obtain(plan.request().comfyUi(), version);
    if (!cached.is(plan.comfyUi().version(), plan.comfyUi().commit())) {
      steps.note(
          "The bundle was made with ComfyUI "
              + text(plan.comfyUi().version(), plan.comfyUi().commit())
              + "; this environment gets "
              + text(cached.version(), cached.commit())
              + ".");
    }
    steps.begin("Copying ComfyUI " + cached.version());
    cached.copyTo(folder, steps);
    new PackArrival(plan, tools.packs()).into(folder.resolve("custom_nodes"), steps);
    pools(folder);
    Path live = folder.resolve("user").resolve("default").resolve("workflows");
    for (ArrivingWorkflow workflow : plan.arrivingWorkflows()) {
      write(live.resolve(workflow.path()), bytes(workflow));
    }
    return new ComfyUiPin(cached.version(), Optional.of(cached.versionType()), cached.commit());
  }

  private static String text(String version, Optional<String> commit) {
    return version + commit.map(text -> " (commit " + text + ")").orElse("");
  }

  private void pools(Path comfyUi) throws IOException {
    if (!plan.pools().isEmpty()) {
      ArrivingPools arriving = ArrivingPools.of(comfyUi, tools);
      arriving.bring(plan);
      poolIds = arriving.ids();
      pools = arriving.names();
    }
  }

  @Override
  public List<Manifest> manifests(Manifest plain) {
    return List.of(manifest.withComfyUi(plain.comfyUi()).withTorchBackend(manifest.torchBackend()));
  }

  @Override
  public Optional<byte[]> lock() {
    return plan.arriving().lock().map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean isLocked() {
    return plan.arriving().isLocked();
  }

  @Override
  public void finish(Environment environment, Steps steps) throws IOException {
    Folders.delete(environment.workflows());
    Files.createDirectories(environment.workflows());
    for (ArrivingWorkflow workflow : plan.arrivingWorkflows()) {
      // As it is in ComfyUI: an earlier run may have brought it, with other ids of pools.
      Path live = environment.liveWorkflows().resolve(workflow.path());
      write(environment.workflows().resolve(workflow.path()), Files.readAllBytes(live));
    }
    Folders.syncTree(environment.workflows());
    Path ignore = plan.arriving().bundle().path(".comfydock_ignore");
    if (Files.isRegularFile(ignore)) {
      AtomicFiles.write(environment.cec().resolve(".comfydock_ignore"), Files.readAllBytes(ignore));
    }
  }

  @Override
  public boolean finishesBeside() {
    return true;
  }

  @Override
  public String message() {
    return "Imported"
        + plan.arriving().name().map(name -> " from the bundle of " + name).orElse("");
  }

  /** The names that the pools got. */
  List<String> poolNames() {
    return pools;
  }

  private byte[] bytes(ArrivingWorkflow workflow) {
    return remapping.bytes(workflow, files, poolIds);
  }

  /** Into a folder that is made anew when this ends early, and flushed as a whole. */
  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, content);
  }
}
