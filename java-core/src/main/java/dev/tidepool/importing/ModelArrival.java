package dev.tidepool.importing;

import dev.tidepool.bundle.BundledModel;
import dev.tidepool.download.DownloadOutcome;
import dev.tidepool.download.WantedFile;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.FileDigest;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.importing.PlannedModel.State;
import dev.tidepool.io.Folders;
import dev.tidepool.io.FreeNames;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.WorkFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings models to where ComfyUI finds them. What arrived stays, whatever becomes of the rest; no
 * file that is there is overwritten.
 */
final class ModelArrival {
  private static final String PREPARED = "prepared";

  private final ImportTools tools;
  private final Path models;
  private final FileHasher hasher = new FileHasher(2);

  ModelArrival(ImportTools tools, Path models) {
    this.tools = tools;
    this.models = models;
  }

  /**
   * Brings them all.
   *
   * @return what came of each; a download that fails keeps the others from nothing
   */
  List<ArrivedModel> bring(ImportPlan plan, Remapping remapping, Steps steps) {
    sweep(plan);
    Map<BundledModel, ArrivedModel> arrived = new HashMap<>();
    for (DownloadOutcome outcome : downloaded(plan, steps)) {
      plan.models().stream()
          .filter(each -> each.state() == State.DOWNLOAD)
          .filter(each -> target(each.model()).equals(outcome.wanted().target()))
          .forEach(
              each ->
                  arrived.put(
                      each.model(),
                      new ArrivedModel(
                          each.model(),
                          State.DOWNLOAD,
                          outcome.file(),
                          outcome.failure().map(TidepoolException::text).orElse(""))));
    }
    List<ArrivedModel> all = new ArrayList<>();
    for (PlannedModel each : plan.models()) {
      all.add(
          switch (each.state()) {
            case PRESENT -> present(each, plan, remapping);
            case BUNDLED -> unpacked(each, plan, steps);
            case DOWNLOAD -> Objects.requireNonNull(arrived.get(each.model()));
            case MISSING ->
                new ArrivedModel(
                    each.model(),
                    each.state(),
                    Optional.empty(),
                    each.refused().isEmpty()
                        ? "nothing says where it can be had"
                        : String.join("; ", each.refused()));
            case SKIPPED ->
                new ArrivedModel(each.model(), each.state(), Optional.empty(), "left out");
          });
    }
    waitNoMore(all);
    return all;
  }

  /** An import that was killed right after it had named a file left another name beside it. */
  private void sweep(ImportPlan plan) {
    plan.models().stream()
        .filter(each -> each.state() == State.PRESENT)
        .map(each -> target(each.model()).resolveSibling(""))
        .distinct()
        .forEach(WorkFolder::sweep);
  }

  /** An import that was killed after a file had come may have left it in the queue. */
  private void waitNoMore(List<ArrivedModel> all) {
    Set<Path> here =
        all.stream()
            .filter(each -> each.file().isPresent())
            .map(each -> target(each.model()))
            .collect(Collectors.toSet());
    List<WantedFile> done =
        tools.downloads().waiting().stream().filter(file -> here.contains(file.target())).toList();
    if (!done.isEmpty()) {
      tools.downloads().arrived(done);
    }
  }

  private Path target(BundledModel model) {
    return models.resolve(model.relativePath());
  }

  /** What an import that was stopped has of them goes on where it was. */
  private List<DownloadOutcome> downloaded(ImportPlan plan, Steps steps) {
    List<WantedFile> wanted = new ArrayList<>();
    for (PlannedModel each : plan.models()) {
      if (each.state() == State.DOWNLOAD) {
        wanted.add(
            new WantedFile(
                each.addresses(),
                target(each.model()),
                each.model().size() > 0 ? each.model().size() : -1,
                digits(each.model().sha256()),
                digits(each.model().blake3())));
      }
    }
    return tools.downloads().fetch(wanted, steps);
  }

  private static Optional<String> digits(String hash) {
    return Optional.of(hash).filter(text -> text.matches("[0-9a-f]{64}"));
  }

  /** A file that lies where ComfyUI does not look for it gets a second name where it does. */
  private ArrivedModel present(PlannedModel planned, ImportPlan plan, Remapping remapping) {
    Path place =
        seen(planned.model(), planned.file().orElseThrow(), plan.arrivingWorkflows(), remapping);
    return new ArrivedModel(planned.model(), planned.state(), Optional.of(place), "");
  }

  /** The file, or its second name when nodes of the workflows do not find it where it is. */
  Path seen(BundledModel model, Path file, List<ArrivingWorkflow> workflows, Remapping remapping) {
    boolean seen =
        workflows.stream()
            .flatMap(workflow -> workflow.uses().stream())
            .filter(use -> use.model().equals(Optional.of(model)))
            .allMatch(use -> remapping.value(use.reference().slot(), file).isPresent());
    return seen ? file : named(model, file);
  }

  private Path named(BundledModel model, Path file) {
    return StorageFailures.translate(
        "link " + file + " to " + target(model),
        () -> {
          Files.createDirectories(target(model).resolveSibling(""));
          try (WorkFolder folder = WorkFolder.in(target(model).resolveSibling(""))) {
            Path work = folder.path().resolve(PREPARED);
            try {
              Files.createLink(work, file);
            } catch (FileSystemException | UnsupportedOperationException e) {
              Files.createSymbolicLink(work, file);
            }
            return FreeNames.take(work, target(model), name -> Files.isSameFile(name, file));
          }
        });
  }

  private ArrivedModel unpacked(PlannedModel planned, ImportPlan plan, Steps steps) {
    BundledModel model = planned.model();
    Path staged = plan.arriving().bundle().path(model.member().orElseThrow());
    steps.begin("Unpacking " + model.filename());
    steps.total(model.size());
    Path file =
        StorageFailures.translate(
            "unpack " + target(model),
            () -> {
              requireSame(model, staged);
              Files.createDirectories(target(model).resolveSibling(""));
              try (WorkFolder folder = WorkFolder.in(target(model).resolveSibling(""))) {
                Path work = folder.path().resolve(PREPARED);
                copy(staged, work, steps);
                return FreeNames.take(work, target(model), name -> isSame(model, name));
              }
            });
    return new ArrivedModel(model, planned.state(), Optional.of(file), "");
  }

  private static void copy(Path staged, Path work, Steps steps) throws IOException {
    try {
      Files.createLink(work, staged);
    } catch (FileSystemException | UnsupportedOperationException e) {
      Folders.copyFile(staged, work, steps);
    }
    Folders.syncFile(work);
  }

  private void requireSame(BundledModel model, Path staged) throws IOException {
    if (!isSame(model, staged)) {
      throw new TidepoolException(
          ErrorKind.MALFORMED,
          "bundle-model-wrong",
          "The bundle's file of " + model.filename() + " is another than its manifest says.",
          "Ask whoever made it for another.");
    }
  }

  private boolean isSame(BundledModel model, Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != model.size()) {
      return false;
    }
    FileDigest digest = hasher.full(file, bytes -> {});
    return digest.sha256().equals(model.sha256()) && digest.blake3().equals(model.blake3());
  }
}
