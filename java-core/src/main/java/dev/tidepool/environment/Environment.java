package dev.tidepool.environment;

import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLock;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/**
 * One environment of a workspace, laid out as ComfyDock v2 does:
 *
 * <pre>
 * ComfyUI/         the installation; custom_nodes/ and user/default/workflows/ are the user's
 * .venv/           its Python
 * .cec/            what is versioned: pyproject.toml, uv.lock, workflows/, a git repository
 * .cec/.complete   says that it was made to its end
 * .tidepool/       the lock, the undo log and the trash of changes
 * </pre>
 *
 * Says where things are and reads nothing but what is asked for. Thread-safe.
 */
public final class Environment {
  private final String name;
  private final Path folder;
  private final StoreLocks locks;
  private final Clock clock;
  private final Disk disk;

  /**
   * The environment in a folder.
   *
   * @param locks those of this process
   * @param clock names what lies in the trash
   */
  public Environment(String name, Path folder, StoreLocks locks, Clock clock) {
    this(name, folder, locks, clock, new Disk());
  }

  /** The same with a disk that may fail. */
  Environment(String name, Path folder, StoreLocks locks, Clock clock, Disk disk) {
    this.name = name;
    this.folder = folder;
    this.locks = locks;
    this.clock = clock;
    this.disk = disk;
  }

  /** Its name, which is that of its folder. */
  public String name() {
    return name;
  }

  /** Its folder; absolute. */
  public Path folder() {
    return folder;
  }

  /** The ComfyUI. */
  public Path comfyUi() {
    return folder.resolve("ComfyUI");
  }

  /** The virtual environment. */
  public Path venv() {
    return folder.resolve(".venv");
  }

  /** What is versioned. */
  public Path cec() {
    return folder.resolve(".cec");
  }

  /** The manifest. */
  public Path pyproject() {
    return cec().resolve("pyproject.toml");
  }

  /** Uv's lock file. */
  public Path lock() {
    return cec().resolve("uv.lock");
  }

  /** The versioned copies of workflows. */
  public Path workflows() {
    return cec().resolve("workflows");
  }

  /** The workflows as ComfyUI shows them. */
  public Path liveWorkflows() {
    return comfyUi().resolve("user").resolve("default").resolve("workflows");
  }

  /** The node packs. */
  public Path customNodes() {
    return comfyUi().resolve("custom_nodes");
  }

  /** What changes took away from the user. */
  public Path trash() {
    return own().resolve("trash");
  }

  /** What the manifest says now. */
  public Manifest manifest() {
    return Manifest.read(pyproject());
  }

  /**
   * The versions of what is in {@link #cec}.
   *
   * @param who commits
   */
  public History history(Identity who) {
    return History.of(cec(), clock, who);
  }

  /** Whether Tidepool's nodes have not been offered yet; from now on they have. */
  public boolean offersNodes() {
    return StorageFailures.translate(
        "write into " + own(),
        () -> {
          Path mark = own().resolve("offered");
          if (Files.exists(mark)) {
            return false;
          }
          Files.createDirectories(own());
          Files.write(mark, new byte[0]);
          return true;
        });
  }

  /** Whether it was made to its end. */
  public boolean isComplete() {
    return Files.exists(cec().resolve(".complete"));
  }

  /** What Tidepool itself keeps in an environment. */
  Path own() {
    return folder.resolve(".tidepool");
  }

  /** Held while something changes. */
  StoreLock changeLock() {
    return locks.of(own());
  }

  ChangeFolder change() {
    return ChangeFolder.of(own());
  }

  UndoLog undoLog() {
    return new UndoLog(change().log(), folder, disk);
  }

  EnvironmentTrash takenAway(Instant now) {
    return new EnvironmentTrash(trash(), folder, now);
  }

  Clock clock() {
    return clock;
  }

  Disk disk() {
    return disk;
  }
}
