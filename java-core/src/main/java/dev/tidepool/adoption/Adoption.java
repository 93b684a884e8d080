package dev.tidepool.adoption;

import dev.tidepool.comfyui.RunningProcess;
import dev.tidepool.environment.CreateRequest;
import dev.tidepool.environment.CreationTools;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.Environments;
import dev.tidepool.environment.Torch;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.version.Surroundings;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes an environment of a ComfyUI that somebody set up by hand. First {@link #plan}, which only
 * looks; then {@link #carryOut}. A copy leaves the installation as it was; in place, its folder is
 * renamed as the last step of all, so that there is the old state or the new one at any moment. For
 * one thread.
 */
public final class Adoption {
  private static final String WHILE =
      ": what it writes while it is copied may come along by half. End it first.";

  private final Workspace workspace;
  private final Environments environments;
  private final Packs packs;
  private final Map<String, String> variables;

  /**
   * Adopts into the environments of a workspace.
   *
   * @param variables of the process; settings of the installation may name them
   */
  public Adoption(
      Workspace workspace, Environments environments, Packs packs, Map<String, String> variables) {
    this.workspace = workspace;
    this.environments = environments;
    this.packs = packs;
    this.variables = Map.copyOf(variables);
  }

  /**
   * Finds out what would be done.
   *
   * @param named the installation's folder, or the one around its folder {@code ComfyUI}
   * @param name of the environment; that of the folder when it is not given
   * @throws TidepoolException {@code comfyui-not-found}, {@code adopt-folder-unsuitable}, {@code
   *     adopt-comfyui-running}, {@code extra-model-paths-invalid}, {@code
   *     environment-name-invalid}, {@code environment-exists}, {@code disk-full}
   */
  public AdoptionPlan plan(Path named, Optional<String> name, boolean inPlace, Steps steps) {
    Installation installation = new InstallationLook(packs, variables, steps).look(named);
    String free = environments.requireFree(name.orElseGet(() -> usualName(named)));
    requireApart(installation.folder());
    List<String> notes = new ArrayList<>();
    StorageFailures.translate(
        "look at " + workspace.folder(),
        () -> {
          if (inPlace) {
            requireEnded(installation.folder());
            requireRenamed(named, installation.folder());
            requireNoStrayModels(installation);
          } else {
            requireSpace(installation);
          }
          return notes;
        });
    if (!inPlace) {
      RunningProcess.in(installation.folder())
          .ifPresent(process -> notes.add(running(installation.folder(), process) + WHILE));
    }
    note(installation, inPlace, notes);
    boolean takesModels = !inPlace && installation.models().isPresent() && workspaceHasNoModels();
    if (!inPlace && installation.models().isPresent()) {
      notes.add(
          takesModels
              ? "The workspace has no models yet: it uses those of the installation, where they are."
              : "ComfyUI sees the installation's models by extra_model_paths.yaml; tidepool config"
                  + " models DIR makes them those of the workspace.");
    }
    return new AdoptionPlan(installation, free, inPlace, takesModels, notes);
  }

  /**
   * Does what was planned. When it is stopped, the same plan goes on from there.
   *
   * @param torch which PyTorch, unless the installation's own tells
   * @param around what a look at the new environment needs
   */
  public Environment carryOut(
      AdoptionPlan plan,
      Torch torch,
      CreationTools tools,
      Function<Environment, Surroundings> around,
      Steps steps) {
    if (plan.takesModels()) {
      StorageFailures.translate(
          "write " + workspace.file(), () -> Files.createDirectories(workspace.metadata()));
      environments.file().setModelsFolder(plan.installation().models().orElseThrow());
    }
    Path models = Folders.real(environments.file().modelsFolder());
    Optional<InstalledPython> python = plan.installation().python();
    CreateRequest request =
        new CreateRequest(
            plan.name(),
            python.filter(InstalledPython::isUsable).map(InstalledPython::version),
            Optional.empty(),
            Optional.empty(),
            python
                .flatMap(InstalledPython::torchBackend)
                .map(backend -> Torch.of(backend, false))
                .orElse(torch),
            Optional.of(new InstallationContent(plan, models, tools.who(), around)));
    return environments.create(request, tools, steps);
  }

  private boolean workspaceHasNoModels() {
    Path own = workspace.models();
    return environments.file().modelsFolder().equals(own)
        && StorageFailures.translate("look into " + own, () -> Folders.children(own).isEmpty());
  }

  private static String usualName(Path named) {
    Path folder = named.toAbsolutePath().normalize();
    return Optional.ofNullable(folder.getFileName()).map(Path::toString).orElse("adopted");
  }

  private void requireApart(Path folder) {
    Path home = Folders.real(workspace.folder());
    if (folder.startsWith(home) || home.startsWith(folder)) {
      throw unsuitable(
          "The installation " + folder + " and the workspace " + home + " are not apart.",
          "Name a workspace elsewhere with --workspace DIR.");
    }
  }

  /** What it writes while its folder is renamed would go to where the folder was. */
  static void requireEnded(Path folder) {
    Optional<RunningProcess> process = RunningProcess.in(folder);
    if (process.isPresent()) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "adopt-comfyui-running",
          running(folder, process.get()) + ".",
          "End it, then adopt it.");
    }
  }

  private static String running(Path folder, RunningProcess process) {
    return "The ComfyUI in "
        + folder
        + " runs, as process "
        + process.pid()
        + " at port "
        + process.port();
  }

  private void requireRenamed(Path named, Path folder) throws IOException {
    if (Files.isSymbolicLink(named)) {
      throw unsuitable(
          named + " is a link, and would lead nowhere afterwards.", "Name the folder itself.");
    }
    if (!Files.getFileStore(folder).equals(disk())) {
      throw unsuitable(
          folder + " is on another device than the workspace, and cannot be renamed to there.",
          "Without --in-place it is copied.");
    }
    Path above = folder.getParent();
    if (above == null || !Files.isWritable(above)) {
      throw unsuitable(
          folder + " cannot be taken out of the folder that it is in.",
          "Without --in-place it is copied.");
    }
  }

  private static void requireNoStrayModels(Installation installation) {
    if (!installation.strayModels().isEmpty()) {
      Path one = installation.strayModels().values().iterator().next().get(0);
      throw unsuitable(
          "extra_model_paths.yaml of "
              + installation.folder()
              + " names "
              + one
              + " by a path that leads elsewhere from another folder.",
          "Write the whole path there, or leave --in-place out: a copy gets it so.");
    }
  }

  private void requireSpace(Installation installation) throws IOException {
    if (disk().getUsableSpace() < installation.bytes()) {
      throw new TidepoolException(
          ErrorKind.NO_SPACE,
          "disk-full",
          "A copy of "
              + installation.folder()
              + " takes "
              + (installation.bytes() >> 20)
              + " MB, and the disk of the workspace has not so much left.",
          "Free some space, or move it with --in-place where both are on one disk.");
    }
  }

  /** The device that environments lie on, or will. */
  private FileStore disk() throws IOException {
    return Files.getFileStore(Folders.existing(workspace.environments().toAbsolutePath()));
  }

  private static TidepoolException unsuitable(String message, String hint) {
    return new TidepoolException(ErrorKind.CONFLICT, "adopt-folder-unsuitable", message, hint);
  }

  private static void note(Installation installation, boolean inPlace, List<String> notes) {
    Optional<InstalledPython> python = installation.python();
    if (python.isEmpty()) {
      notes.add("No virtual environment is beside it: its Python packages are not known.");
    } else if (!python.get().isUsable()) {
      notes.add("Its Python " + python.get().version() + " is too old: 3.11 takes its place.");
    }
    python
        .filter(one -> !one.elsewhere().isEmpty())
        .ifPresent(
            one ->
                notes.add(
                    "Not from a package index, and left out: "
                        + String.join(", ", one.elsewhere())
                        + "."));
    if (inPlace) {
      notes.add("Its models, and the virtual environment that it had, stay in its folder.");
    } else {
      notes.add("Its models and its folder output stay where they are.");
    }
  }
}
