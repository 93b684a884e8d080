package dev.tidepool.environment;

import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sets up a workspace in a folder that is none yet. */
public final class WorkspaceSetup {
  /** What commands that need no workspace leave in its place. */
  private static final Set<String> OURS =
      Set.of("environments", "comfydock_cache", "logs", "models", "uv", "uv_cache", ".metadata");

  private final Workspace workspace;
  private final WorkspaceFile file;

  /** Works in this workspace's place. */
  public WorkspaceSetup(Workspace workspace, WorkspaceFile file) {
    this.workspace = workspace;
    this.file = file;
  }

  /**
   * Checks that the folder can become a workspace.
   *
   * @throws TidepoolException {@code workspace-exists}, {@code workspace-folder-not-empty}
   */
  public void check() {
    Path folder = workspace.folder();
    if (file.exists()) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "workspace-exists",
          folder + " is a workspace already.",
          "tidepool list --workspace DIR shows its environments, tidepool config its settings.");
    }
    StorageFailures.translate(
        "look into " + folder,
        () -> {
          for (Path child :
              Files.isDirectory(folder) ? Folders.children(folder) : List.<Path>of()) {
            if (!OURS.contains(String.valueOf(child.getFileName()))) {
              throw new TidepoolException(
                  ErrorKind.CONFLICT,
                  "workspace-folder-not-empty",
                  folder + " holds something else: " + child.getFileName() + ".",
                  "Name an empty folder, or one that does not exist yet.");
            }
          }
          return folder;
        });
  }

  /**
   * Makes the workspace.
   *
   * @param models an existing folder, or the workspace's own, which is made
   * @throws TidepoolException {@code models-folder-not-found}
   */
  public void make(Path models) {
    boolean own = models.equals(workspace.models());
    if (!own && !Files.isDirectory(models)) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "models-folder-not-found",
          "The models folder " + models + " is not there.",
          "Name an existing folder, or leave it out to get a new one.");
    }
    StorageFailures.translate("set up " + workspace.folder(), () -> folders(own));
    file.setModelsFolder(models);
  }

  /** The ComfyUIs in the usual places, by their real folders. */
  public List<Path> comfyUisHere(Map<String, String> variables) {
    Path home = Path.of(variables.getOrDefault("HOME", System.getProperty("user.home", "")));
    Set<Path> found = new LinkedHashSet<>();
    for (String place :
        List.of("ComfyUI", "comfyui", "Documents/ComfyUI", "comfy/ComfyUI", "git/ComfyUI")) {
      Path folder = home.resolve(place);
      if (ComfyUi.isIn(folder)) {
        found.add(Folders.real(folder));
      }
    }
    return List.copyOf(found);
  }

  private Path folders(boolean ownModels) throws IOException {
    for (Path folder :
        List.of(
            workspace.environments(),
            workspace.metadata(),
            workspace.cache(),
            workspace.logs(),
            workspace.folder())) {
      Files.createDirectories(folder);
    }
    if (ownModels) {
      Files.createDirectories(workspace.models());
    }
    return workspace.folder();
  }
}
