package dev.tidepool.git;

import org.eclipse.jgit.internal.util.CleanupService;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit asks about its surroundings, without the settings of the user, the system and the
 * environment variables: those could name programs to run, and make one machine's commits differ
 * from another's.
 */
final class OwnSettings extends SystemReader.Delegate {
  private OwnSettings(SystemReader machine) {
    super(machine);
  }

  /** JGit has one reader for the whole process; it is set here and nowhere else. */
  static void use() {
    if (!(SystemReader.getInstance() instanceof OwnSettings)) {
      // Puts itself in place of a service that reads all of JGit's 800 messages as it begins, which
      // takes half of the time of a short command, to save at the end what is never saved here.
      new CleanupService();
      SystemReader.setInstance(new OwnSettings(SystemReader.getInstance()));
    }
  }

  @Override
  public @Nullable String getenv(String variable) {
    return variable.startsWith("GIT_") ? null : super.getenv(variable);
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    // JGit asks here how coarse the clock is, and nowhere else.
    FileBasedConfig settings = new CoarseClock(parent, fs);
    // A thread that packs in the background would outlive the command.
    settings.setInt("gc", null, "auto", 0);
    settings.setBoolean("gc", null, "autoDetach", false);
    return settings;
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new NoFile(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new NoFile(parent, fs);
  }

  /** Settings that are empty, and are never saved. */
  private static class NoFile extends FileBasedConfig {
    NoFile(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }

  /**
   * Says that times of files are exact to two seconds, as on the coarsest file systems. JGit would
   * find out else, by writing files into the repository for half a second.
   */
  private static final class CoarseClock extends NoFile {
    CoarseClock(@Nullable Config parent, FS fs) {
      super(parent, fs);
    }

    @Override
    public @Nullable String getString(String section, @Nullable String subsection, String name) {
      return section.equals("filesystem") ? "2 s" : super.getString(section, subsection, name);
    }
  }
}
