package dev.tidepool.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.Deflater;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;

/**
 * Opens repositories so that nothing from outside has a say: no settings but the repository's own,
 * and of those none that run programs.
 *
 * <p>The first use sets JGit's {@code SystemReader} for the whole process, which is the only way
 * that JGit offers. Thread-safe.
 */
public final class Repositories {
  private static final int OWNERS_ALONE = 077;

  private Repositories() {}

  /** Makes JGit forget the settings of the user and the system; to be called before any use. */
  public static void isolate() {
    OwnSettings.use();
  }

  /**
   * Opens the repository of a folder; the caller closes it.
   *
   * @throws org.eclipse.jgit.errors.RepositoryNotFoundException when there is none
   */
  public static Repository open(Path workTree) throws IOException {
    Repository repository = ours(workTree);
    // For this process only: nothing of it is saved.
    StoredConfig config = repository.getConfig();
    for (String name : config.getSubsections("filter")) {
      config.unsetSection("filter", name);
    }
    config.setBoolean("core", null, "fsyncObjectFiles", true);
    if (config.getString("core", null, "compression") == null) {
      // Git's own for objects outside of packs (core.looseCompression); JGit would take twice as
      // long.
      config.setInt("core", null, "compression", Deflater.BEST_SPEED);
    }
    return repository;
  }

  /** Opens a repository that this program made, so that its settings can be saved. */
  static Repository ours(Path workTree) throws IOException {
    return builder(workTree).setMustExist(true).build();
  }

  /** Makes an empty repository in a folder that has none yet, with the branch {@code main}. */
  public static void create(Path workTree) throws IOException {
    FS files = FS.DETECTED.newInstance();
    if (files instanceof FS_POSIX posix) {
      // JGit would start a shell to learn it, for a file that it makes only to see what it can do.
      posix.setUmask(OWNERS_ALONE);
    }
    try (Repository repository = builder(workTree).setFS(files).build()) {
      repository.create(false);
      repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
    }
  }

  private static FileRepositoryBuilder builder(Path workTree) {
    isolate();
    // Not the folder .git itself: of a work tree of its own it is a file that names the folder.
    return new FileRepositoryBuilder().setWorkTree(workTree.toFile());
  }
}
