package dev.tidepool.importing;

import dev.tidepool.bundle.BundledModel;
import dev.tidepool.environment.Change;
import dev.tidepool.environment.Environment;
import dev.tidepool.history.Version;
import dev.tidepool.io.Steps;
import dev.tidepool.resolution.Asking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names the models that nodes of packs load, in the workflows that came, once the environment's own
 * ComfyUI said which inputs these are. One change: all of it or nothing.
 */
final class PackNodeModels {
  private final Environment environment;
  private final ImportTools tools;
  private final Path models;
  private final Remapping remapping;

  PackNodeModels(Environment environment, ImportTools tools, Path models, Remapping remapping) {
    this.environment = environment;
    this.tools = tools;
    this.models = models;
    this.remapping = remapping;
  }

  /** Models that are here, and that no node names whose inputs are known without asking. */
  static List<String> open(ImportPlan plan, ImportReport report) {
    if (plan.packs().stream().noneMatch(PlannedPack::isThere)) {
      return List.of();
    }
    List<String> open = new ArrayList<>();
    for (ArrivedModel each : report.models()) {
      boolean named =
          plan.arrivingWorkflows().stream()
              .flatMap(workflow -> workflow.uses().stream())
              .anyMatch(use -> use.model().equals(Optional.of(each.model())));
      if (each.file().isPresent() && !named) {
        open.add(each.model().relativePath());
      }
    }
    return open;
  }

  /**
   * Changes the workflows that came, as they are now; what is saved to one meanwhile stays.
   *
   * @return the version that was made; nothing when nothing was to be changed
   */
  Optional<Version> settle(ImportReport report, Steps steps) throws IOException {
    Map<BundledModel, Path> files = files(report);
    List<ArrivingWorkflow> workflows = new ArrayList<>();
    for (String path : report.workflows()) {
      workflows.add(
          remapping.read(
              path,
              environment.liveWorkflows().resolve(path),
              List.copyOf(files.keySet()),
              files.keySet(),
              offering -> Asking.nobody()));
    }
    ModelArrival arrival = new ModelArrival(tools, models);
    files.replaceAll((model, file) -> arrival.seen(model, file, workflows, remapping));
    Map<ArrivingWorkflow, byte[]> contents = new LinkedHashMap<>();
    for (ArrivingWorkflow each : workflows) {
      byte[] content = remapping.bytes(each, files, Map.of());
      if (!Arrays.equals(content, asRead(each))) {
        contents.put(each, content);
      }
    }
    if (contents.isEmpty()) {
      return Optional.empty();
    }
    steps.begin("Changing " + environment.name());
    return Change.of(
        environment,
        "import",
        change -> {
          for (ArrivingWorkflow each : List.copyOf(contents.keySet())) {
            if (!isAsRead(each)) {
              steps.note(each.path() + " was changed in the meantime, and stays as it is.");
              contents.remove(each);
              workflows.remove(each);
            }
          }
          return contents.isEmpty()
              ? Optional.empty()
              : write(contents, new ArrivingManifest(remapping, models, files), workflows, change);
        });
  }

  private Optional<Version> write(
      Map<ArrivingWorkflow, byte[]> contents,
      ArrivingManifest arriving,
      List<ArrivingWorkflow> workflows,
      Change change)
      throws IOException {
    Map<Path, byte[]> written = new LinkedHashMap<>();
    contents.forEach(
        (each, content) -> {
          written.put(environment.liveWorkflows().resolve(each.path()), content);
          written.put(environment.workflows().resolve(each.path()), content);
        });
    String manifest = arriving.of(environment.manifest(), workflows).text();
    written.put(environment.pyproject(), manifest.getBytes(StandardCharsets.UTF_8));
    change.write(written);
    List<Version> made = new ArrayList<>();
    change.history(
        () ->
            environment
                .history(tools.who())
                .commit("Models of node packs as they are named here")
                .ifPresent(made::add));
    return made.stream().findFirst();
  }

  /** Somebody may have saved it while it was looked at, or while another change was waited for. */
  private boolean isAsRead(ArrivingWorkflow workflow) throws IOException {
    Path live = environment.liveWorkflows().resolve(workflow.path());
    return Files.isRegularFile(live) && Arrays.equals(Files.readAllBytes(live), asRead(workflow));
  }

  private static byte[] asRead(ArrivingWorkflow workflow) {
    return workflow.workflow().withValues(Map.of());
  }

  /** A workflow may be called otherwise now than those that the bundle says use a model. */
  private static Map<BundledModel, Path> files(ImportReport report) {
    Map<BundledModel, Path> files = new LinkedHashMap<>();
    for (ArrivedModel each : report.models()) {
      BundledModel model = each.model();
      each.file()
          .ifPresent(
              file ->
                  files.put(
                      new BundledModel(
                          model.filename(),
                          model.relativePath(),
                          model.size(),
                          model.sha256(),
                          model.blake3(),
                          model.quick(),
                          model.sources(),
                          model.member(),
                          List.of()),
                      file));
    }
    return files;
  }
}
