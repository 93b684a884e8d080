package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Ids;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.io.Texts;
import dev.tidepool.pool.PoolBase;
import dev.tidepool.profile.Choices;
import dev.tidepool.profile.Profile;
import dev.tidepool.profile.ProfileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The profiles and pools that a command works on.
 *
 * @param folder the folder {@code grid_pool}
 */
record OpenBase(Path folder, ProfileStore profiles) {
  private static final String VARIABLE = "TIDEPOOL_BASE";
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /**
   * Opens the folder given with {@code --base}, else in {@code TIDEPOOL_BASE}, else that of the
   * ComfyUI in the current folder.
   */
  static OpenBase of(Arguments arguments, Terminal terminal) {
    Path folder = find(arguments.option(Syntax.BASE), terminal);
    return new OpenBase(folder, new ProfileStore(folder, terminal.clock(), new StoreLocks()));
  }

  /**
   * The profile with this id or name.
   *
   * @throws TidepoolException {@code profile-not-found}
   */
  Profile profile(String idOrName) {
    Optional<Profile> found = profiles.find(idOrName);
    if (found.isEmpty()) {
      throw noProfile(idOrName);
    }
    return found.get();
  }

  /**
   * The id of a profile's pool, by the profile's id or name, or else a pool's own id: nodes have
   * pools without a profile. Theirs need not be there yet, but a text that no page makes an id of
   * is a name that was mistyped, and images put there would never be seen.
   *
   * @throws TidepoolException {@code profile-not-found}
   */
  String poolId(String idOrName) {
    Optional<Profile> found = profiles.find(idOrName);
    if (found.isPresent()) {
      return found.get().id();
    }
    if (!Ids.valid(idOrName) || !(madeByPage(idOrName) || isThere(idOrName))) {
      throw noProfile(idOrName);
    }
    return idOrName;
  }

  private static boolean madeByPage(String id) {
    return id.equals(Choices.DEFAULT_POOL) || UUID.matcher(id).matches();
  }

  private boolean isThere(String id) {
    return Folders.isThere(folder.resolve(id));
  }

  private TidepoolException noProfile(String idOrName) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "profile-not-found",
        "There is no profile " + Texts.quoted(idOrName) + " in " + folder + ".",
        "tidepool profile list shows the profiles there are.");
  }

  private static Path find(Optional<String> option, Terminal terminal) {
    if (option.isPresent()) {
      // An empty one is a variable that is not set: no other base may take its place.
      if (option.get().isEmpty()) {
        throw new TidepoolException(
            ErrorKind.USAGE, "path-invalid", "The folder given with --base is empty.");
      }
      return terminal.path(option.get());
    }
    String variable = terminal.environment().getOrDefault(VARIABLE, "");
    if (!variable.isEmpty()) {
      return terminal.path(variable);
    }
    Path here = terminal.folder();
    if (Files.isRegularFile(here.resolve("main.py")) && Files.isDirectory(here.resolve("comfy"))) {
      return PoolBase.of(here);
    }
    throw new TidepoolException(
        ErrorKind.USAGE,
        "base-missing",
        "Which pools? The current folder is no ComfyUI.",
        "Name them with --base DIR, such as --base ComfyUI/input/grid_pool,",
        "or set " + VARIABLE + ", or run this in ComfyUI's own folder.");
  }
}
