package dev.tidepool.version;

import dev.tidepool.comfyui.CachedComfyUi;
import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.environment.Change;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.Running;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.ComfyUiPin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Exchanges the program ComfyUI of an environment for another version. The files of the program
 * move to {@code .tidepool/comfyui/VERSION}, out of which they come back when that version is
 * wanted again; {@code comfyui.txt} beside lists what came with the new one. What else is in the
 * folder stays where it is: models, pictures, settings, node packs, and files that belong to
 * neither program.
 */
final class ProgramExchange {
  /** Goes with the program, which a clone knows by it. */
  private static final Path REPOSITORY = Path.of(".git");

  private static final Path CUSTOM_NODES = Path.of("custom_nodes");

  private final Environment environment;
  private final ComfyUiPin now;
  private final ComfyUiPin then;

  ProgramExchange(Environment environment, ComfyUiPin now, ComfyUiPin then) {
    this.environment = environment;
    this.now = now;
    this.then = then;
  }

  /**
   * Requires that nobody uses the program.
   *
   * @throws TidepoolException {@code environment-running}
   */
  void requireEnded() {
    if (Running.isSo(environment)) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "environment-running",
          "The ComfyUI of " + environment.name() + " is running.",
          "End it first with Ctrl-C.");
    }
  }

  /** Whether the wanted program was here before, and was kept. */
  boolean isKept() {
    return ComfyUi.isIn(place(then));
  }

  /**
   * Exchanges the program.
   *
   * @param fetched the wanted program, unless it was kept
   * @param before the program of now as it was fetched, where that is known: it tells which files
   *     are the program's
   */
  void run(
      Optional<CachedComfyUi> fetched, Optional<CachedComfyUi> before, Change change, Steps steps)
      throws IOException {
    Path coming = fetched.isPresent() ? staged(fetched.get(), change, steps) : place(then);
    Set<Path> in = entries(coming);
    Set<Path> out = new TreeSet<>(in);
    out.add(REPOSITORY);
    out.addAll(listed());
    if (before.isPresent()) {
      out.addAll(entries(before.get().content()));
    }
    Path kept = place(now);
    if (isThere(kept)) {
      change.trash(kept);
    }
    for (Path one : out) {
      if (isThere(environment.comfyUi().resolve(one))) {
        change.rename(environment.comfyUi().resolve(one), kept.resolve(one));
      }
    }
    for (Path one : in) {
      change.rename(coming.resolve(one), environment.comfyUi().resolve(one));
    }
    if (fetched.isEmpty()) {
      change.delete(coming);
    }
    List<String> lines = in.stream().map(Path::toString).toList();
    change.write(list(), String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  /** What the last exchange brought. */
  private List<Path> listed() throws IOException {
    return Files.exists(list())
        ? Files.readAllLines(list(), StandardCharsets.UTF_8).stream().map(Path::of).toList()
        : List.of();
  }

  private Path list() {
    return environment.folder().resolve(".tidepool").resolve("comfyui.txt");
  }

  private static Path staged(CachedComfyUi fetched, Change change, Steps steps) throws IOException {
    steps.begin("Copying ComfyUI " + fetched.version());
    Path staged = change.staging().resolve("comfyui");
    fetched.copyTo(staged, steps);
    Folders.syncTree(staged);
    return staged;
  }

  /** What moves as a whole; among node packs only ComfyUI's own examples, which are files. */
  private static Set<Path> entries(Path program) throws IOException {
    Set<Path> entries = new TreeSet<>();
    for (Path child : Folders.children(program)) {
      Path name = program.relativize(child);
      if (name.equals(CUSTOM_NODES)) {
        for (Path node : Folders.children(child)) {
          if (Files.isRegularFile(node, LinkOption.NOFOLLOW_LINKS)) {
            entries.add(program.relativize(node));
          }
        }
      } else if (!CachedComfyUi.isOfUsers(name)) {
        entries.add(name);
      }
    }
    return entries;
  }

  private Path place(ComfyUiPin pin) {
    String name = pin.version() + pin.commit().map(text -> "-" + text).orElse("");
    return environment
        .folder()
        .resolve(".tidepool")
        .resolve("comfyui")
        .resolve(name.replaceAll("[^A-Za-z0-9.+-]", "_"));
  }

  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
