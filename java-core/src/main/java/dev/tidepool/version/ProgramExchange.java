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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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

  /** Python takes what is in it for that of a file of the same time and size. */
  private static final Path COMPILED = Path.of("__pycache__");

  private static final Path CUSTOM_NODES = Path.of("custom_nodes");

  /** A ComfyUI in use has one, which is its user's. */
  private static final Path MODEL_PATHS = Path.of("extra_model_paths.yaml");

  private final Environment environment;
  private final ComfyUiPin now;
  private final ComfyUiPin then;

  /**
   * For one exchange.
   *
   * @param now the program that is really there: it is kept under this name
   */
  ProgramExchange(Environment environment, ComfyUiPin now, ComfyUiPin then) {
    this.environment = environment;
    this.now = now;
    this.then = then;
  }

  /**
   * Requires that the program is the environment's own and that nobody uses it.
   *
   * @throws TidepoolException {@code environment-running}, {@code comfyui-linked}
   */
  void requireExchangeable() {
    if (Files.isSymbolicLink(environment.comfyUi())) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "comfyui-linked",
          environment.comfyUi() + " is a link: the ComfyUI in its place is not exchanged.",
          "Put the folder itself there.");
    }
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
    // It may have been started while the program was fetched.
    requireExchangeable();
    Set<Path> in = entries(coming);
    Set<Path> out = new TreeSet<>(in);
    out.add(REPOSITORY);
    out.add(COMPILED);
    out.addAll(listed());
    if (before.isPresent()) {
      out.addAll(entries(before.get().content()));
    }
    if (Files.isSymbolicLink(environment.customNodes())) {
      // Its files may be those of another ComfyUI.
      in.removeIf(one -> one.startsWith(CUSTOM_NODES));
      out.removeIf(one -> one.startsWith(CUSTOM_NODES));
    }
    Path kept = place(now);
    if (Folders.isThere(kept)) {
      change.trash(kept);
    }
    out.removeIf(one -> !Folders.isThere(environment.comfyUi().resolve(one)));
    change.rename(moves(out, environment.comfyUi(), kept));
    change.rename(moves(in, coming, environment.comfyUi()));
    if (fetched.isEmpty()) {
      if (hasFiles(coming)) {
        change.trash(coming);
      } else {
        change.delete(coming);
      }
    }
    List<String> lines = in.stream().map(Path::toString).toList();
    change.write(list(), String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private static Map<Path, Path> moves(Set<Path> entries, Path from, Path to) {
    Map<Path, Path> moves = new LinkedHashMap<>();
    entries.forEach(one -> moves.put(from.resolve(one), to.resolve(one)));
    return moves;
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
        // Behind a link are the nodes of another ComfyUI.
        for (Path node : Folders.isReal(child) ? Folders.children(child) : List.<Path>of()) {
          if (Files.isRegularFile(node, LinkOption.NOFOLLOW_LINKS)) {
            entries.add(program.relativize(node));
          }
        }
      } else if (!CachedComfyUi.isOfUsers(name) && !name.equals(MODEL_PATHS)) {
        entries.add(name);
      }
    }
    return entries;
  }

  private Path place(ComfyUiPin pin) {
    String version = pin.version().isEmpty() ? "unknown" : pin.version();
    String name = version + pin.commit().map(text -> "-" + text).orElse("");
    return environment
        .folder()
        .resolve(".tidepool")
        .resolve("comfyui")
        .resolve(name.replaceAll("^\\.+|[^A-Za-z0-9.+-]", "_"));
  }

  private static boolean hasFiles(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.anyMatch(path -> !Folders.isReal(path));
    }
  }
}
