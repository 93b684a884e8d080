package dev.tidepool.harness.command;

import dev.tidepool.harness.ComfyApi;
import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.PackSource;
import dev.tidepool.harness.Place;
import dev.tidepool.harness.ServerSettings;
import dev.tidepool.harness.SourceFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The choices of {@link ServerSource} that a command line can make. */
final class Sources {
  private static final String IMPORT_FAILED = "(IMPORT FAILED): ";

  private Sources() {}

  /** The one that the options name, else the ComfyUI of {@code tidepool up}. */
  static ServerSource of(Options options) {
    if (options.url().isPresent()) {
      URI address = address(options.url().get());
      return () -> running(address);
    }
    ServerSettings settings = settings(options);
    return () -> start(settings);
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text.replaceFirst("/+$", ""));
      if (String.valueOf(address.getScheme()).matches("https?") && address.getHost() != null) {
        return withoutPath(address);
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw CommandException.usage(
        "No address of a server: " + text + ".", "It looks like http://127.0.0.1:8188.");
  }

  /** All calls begin at the server's root. */
  private static URI withoutPath(URI address) {
    URI root = URI.create(address.getScheme() + "://" + address.getRawAuthority());
    if (!root.equals(address)) {
      throw CommandException.usage(
          "A server is named without a path: " + root + ", not " + address + ".");
    }
    return address;
  }

  private static ServerSource.Connected running(URI address) {
    ComfyApi api = new ComfyApi(address);
    try {
      api.get("/system_stats");
      return new ServerSource.Connected(api, Optional.empty());
    } catch (java.io.UncheckedIOException | AssertionError e) {
      throw CommandException.failure(
          "server-unreachable",
          "There is no ComfyUI at " + address + ".",
          "Start it, or leave --url out to have one started.");
    }
  }

  private static ServerSettings settings(Options options) {
    options.packs().forEach(Sources::demandPack);
    List<String> arguments = new ArrayList<>(options.arguments());
    // Saved files shall hold results only, and nothing outside shall be asked.
    arguments.addAll(List.of("--disable-metadata", "--disable-api-nodes"));
    return (options.container() ? inContainer(options) : onMachine(options))
        .withPacks(options.packs().stream().<PackSource>map(PackSource.Folder::new).toList())
        .withArguments(arguments);
  }

  private static ServerSettings onMachine(Options options) {
    Optional<Path> folder =
        options
            .comfyui()
            .filter(text -> !text.matches(Options.ADDRESS))
            .map(Path::of)
            .filter(path -> !Files.isRegularFile(path));
    Prepared prepared =
        folder
            .map(there -> named(there, options))
            .orElseGet(() -> Prepared.byUp(options.comfyui()));
    if (!Files.isExecutable(prepared.python())) {
      throw CommandException.usage("There is no Python at " + prepared.python() + ".");
    }
    return ServerSettings.of(prepared.comfyui(), new Place.Machine(prepared.python()));
  }

  private static ServerSettings inContainer(Options options) {
    Path source;
    try {
      source =
          options
              .comfyui()
              .map(SourceFolder::of)
              .orElseGet(() -> Prepared.byUp(Optional.empty()).comfyui());
    } catch (IllegalStateException | java.io.UncheckedIOException e) {
      throw CommandException.failure("source-not-fetched", String.valueOf(e.getMessage()));
    }
    demandComfyUi(source);
    return ServerSettings.of(source, Place.Container.fromProperties());
  }

  private static void demandComfyUi(Path folder) {
    if (!Files.exists(folder.resolve("main.py"))) {
      throw CommandException.usage(
          "There is no ComfyUI in " + folder + ": main.py is missing.",
          "tidepool up sets one up, and is what is tested on without --comfyui.");
    }
  }

  private static Prepared named(Path folder, Options options) {
    demandComfyUi(folder);
    Path python =
        options
            .python()
            .or(() -> besides(folder))
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "No Python environment was found in " + folder + ".",
                        "Name the Python that has ComfyUI's requirements with --python."));
    return new Prepared(folder, python);
  }

  /** The usual places of a virtual environment; the last is ComfyDock's. */
  private static Optional<Path> besides(Path folder) {
    return Stream.of(".venv", "venv", "../.venv")
        .map(name -> folder.resolve(name).normalize())
        .flatMap(venv -> Stream.of(venv.resolve("bin/python"), venv.resolve("Scripts/python.exe")))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void demandPack(Path pack) {
    if (!Files.exists(pack.resolve("__init__.py"))) {
      throw CommandException.usage(
          "There is no node pack in " + pack + ": __init__.py is missing.");
    }
  }

  private static ServerSource.Connected start(ServerSettings settings) {
    ComfyUi started;
    try {
      started = ComfyUi.start(settings);
    } catch (IllegalStateException | java.io.UncheckedIOException | AssertionError e) {
      throw CommandException.failure(
          "server-start-failed", "ComfyUI did not start: " + e.getMessage());
    }
    try {
      demandImports(started);
      return new ServerSource.Connected(started.api(), Optional.of(started));
    } catch (CommandException e) {
      started.close();
      throw e;
    }
  }

  /** A pack that cannot be imported is named in the log, after the reason. */
  private static void demandImports(ComfyUi started) {
    String log = log(started);
    Optional<String> failed =
        log.lines()
            .filter(line -> line.contains(IMPORT_FAILED))
            .map(line -> line.substring(line.indexOf(IMPORT_FAILED) + IMPORT_FAILED.length()))
            .findFirst();
    if (failed.isPresent()) {
      String reason =
          log.lines()
              .filter(line -> line.matches("^\\w*(Error|Exception|NotFound)\\b.*"))
              .findFirst()
              .map(line -> ": " + line)
              .orElse("");
      throw CommandException.failure(
          "pack-import-failed",
          "ComfyUI cannot import the node pack "
              + Path.of(failed.get().strip()).getFileName()
              + reason
              + ".");
    }
  }

  /** What the server printed; empty when that cannot be read. */
  static String log(ComfyUi started) {
    try {
      return new String(Files.readAllBytes(started.log()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
