package dev.tidepool.harness;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The image that a server's container starts from. It is made in three layers, each kept under the
 * digest of what it is made of: {@code python} has PyTorch, {@code comfyui} ComfyUI and what it
 * requires, {@code packs} what the node packs require. The packs themselves are in the server's
 * base directory, so that a changed pack needs no new image unless it asks for other packages.
 */
final class ServerImage {
  static final Path APPLICATION = Path.of("/opt/comfyui/app");
  static final Path ENVIRONMENT = Path.of("/opt/comfyui/venv");

  /** A set of PyTorch's packages that match, which their newest versions do not always do. */
  private static final String TORCH = "torch==2.11.0 torchvision==0.26.0 torchaudio==2.11.0";

  /** What a user keeps in ComfyUI's folder, and no server needs that has a base directory. */
  private static final List<String> NOT_COMFYUI =
      List.of(".git", ".venv", "venv", "models", "custom_nodes", "input", "output", "temp", "user");

  /** Where programs are looked for in the container, those of ComfyUI's Python first. */
  static final String SEARCH_PATH = ENVIRONMENT + "/bin:/usr/local/bin:/usr/bin:/bin";

  private static final String INSTALL =
      ENVIRONMENT + "/bin/uv pip install --quiet --compile-bytecode ";

  private final DockerEngine engine;
  private final Place.Container place;

  ServerImage(DockerEngine engine, Place.Container place) {
    this.engine = engine;
    this.place = place;
  }

  /**
   * The name of the image, which is made where it is not there yet.
   *
   * @param source the folder of ComfyUI's {@code main.py}
   * @param customNodes the folder of the packs
   */
  String name(Path source, Path customNodes) {
    try {
      return SourceFolder.alone("images", () -> packs(comfyui(python(), source), customNodes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String python() throws IOException {
    String key =
        new ContentDigest()
            .text(engine.imageId(place.baseImage()))
            .text(TORCH)
            .bytes(pinnedUv())
            .hex();
    return layer(
        "python",
        key,
        place.baseImage(),
        (workshop, context) -> {
          Files.write(context.resolve("uv.txt"), pinnedUv());
          workshop.run(
              "making a Python environment",
              """
              python3 -m venv %1$s
              %1$s/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
                --only-binary :all: -r /build/uv.txt
              """
                  .formatted(ENVIRONMENT),
              variables());
          workshop.run("installing PyTorch", torch(workshop), variables());
        });
  }

  /** Takes the PyTorch without code for graphics cards where its index can be reached. */
  private String torch(Workshop workshop) {
    String small = INSTALL + "--torch-backend cpu " + TORCH;
    Map<String, String> impatient = new TreeMap<>(variables());
    impatient.put("UV_HTTP_RETRIES", "0");
    boolean reached = workshop.attempt(small + " --dry-run", impatient).code() == 0;
    return reached ? small : INSTALL + TORCH;
  }

  private String comfyui(String python, Path source) throws IOException {
    ContentDigest digest = new ContentDigest().text(python);
    for (Path file : filesOf(source)) {
      digest.file(source, file);
    }
    for (Path file : place.requirements()) {
      digest.bytes(Files.readAllBytes(file));
    }
    return layer(
        "comfyui",
        digest.hex(),
        python,
        (workshop, context) -> {
          Path copy = Files.createDirectory(context.resolve("source"));
          for (Path file : filesOf(source)) {
            Path target = copy.resolve(source.relativize(file).toString());
            Files.createDirectories(target.resolveSibling(""));
            Files.copy(file, target);
          }
          StringBuilder install = new StringBuilder(INSTALL);
          install.append("-r ").append(APPLICATION).append("/requirements.txt");
          for (int i = 0; i < place.requirements().size(); i++) {
            Files.copy(place.requirements().get(i), context.resolve("more-" + i + ".txt"));
            install.append(" -r /build/more-").append(i).append(".txt");
          }
          workshop.run(
              "installing ComfyUI",
              """
              cp -r /build/source %1$s
              %2$s
              %3$s/bin/python -m compileall -q -j 0 %1$s
              """
                  .formatted(APPLICATION, install, ENVIRONMENT),
              variables());
        });
  }

  private String packs(String comfyui, Path customNodes) throws IOException {
    ContentDigest digest = new ContentDigest().text(comfyui);
    List<String> steps = new ArrayList<>();
    for (Path pack : children(customNodes)) {
      String inside = "/build/custom_nodes/" + pack.getFileName();
      Path requirements = pack.resolve("requirements.txt");
      if (Files.exists(requirements)) {
        digest.file(customNodes, requirements);
        steps.add(INSTALL + "-r '" + inside + "/requirements.txt'");
      }
      // What it does may depend on all that is in the pack.
      if (Files.exists(pack.resolve("install.py"))) {
        for (Path file : filesBelow(pack)) {
          digest.file(customNodes, file);
        }
        steps.add("cd '" + inside + "' && " + ENVIRONMENT + "/bin/python install.py");
      }
    }
    if (steps.isEmpty()) {
      return comfyui;
    }
    return layer(
        "packs",
        digest.hex(),
        comfyui,
        (workshop, context) -> {
          for (Path pack : children(customNodes)) {
            new PackSource.Folder(pack)
                .installInto(Files.createDirectories(context.resolve("custom_nodes")));
          }
          workshop.run("installing what the packs need", String.join("\n", steps), variables());
        });
  }

  private interface Work {
    void in(Workshop workshop, Path context) throws IOException;
  }

  private String layer(String kind, String key, String below, Work work) throws IOException {
    String tag = kind + "-" + key;
    String name = DockerEngine.REPOSITORY + ":" + tag;
    if (engine.has(name)) {
      return name;
    }
    System.getLogger(ServerImage.class.getName())
        .log(System.Logger.Level.INFO, "image={0} state=building (once)", name);
    Path context = Files.createTempDirectory("tidepool-image-");
    try (Workshop workshop = new Workshop(engine, below, mounts(context), context)) {
      work.in(workshop, context);
      workshop.keep(tag);
    } finally {
      Folders.delete(context);
    }
    engine.prune(kind);
    return name;
  }

  private List<Bind> mounts(Path context) {
    List<Bind> mounts = new ArrayList<>();
    mounts.add(new Bind(context.toString(), new Volume("/build")));
    String downloads = place.downloads().map(Path::toString).orElse("tidepool-harness-downloads");
    mounts.add(new Bind(downloads, new Volume("/build-downloads")));
    authorities()
        .ifPresent(
            file -> mounts.add(new Bind(file, new Volume("/build-authorities"), AccessMode.ro)));
    return mounts;
  }

  /** The certificates that this machine trusts, where it is told so. */
  private static java.util.Optional<String> authorities() {
    return java.util.Optional.ofNullable(System.getenv("SSL_CERT_FILE"))
        .filter(file -> Files.isRegularFile(Path.of(file)));
  }

  private static Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.matches("(?i)(UV|PIP)_.*INDEX.*|(https?|no|all)_proxy")) {
                variables.put(name, value);
              }
            });
    variables.put("PATH", SEARCH_PATH);
    variables.put("VIRTUAL_ENV", ENVIRONMENT.toString());
    variables.put("UV_CACHE_DIR", "/build-downloads");
    variables.put("UV_LINK_MODE", "copy");
    variables.put("PIP_NO_CACHE_DIR", "1");
    authorities()
        .ifPresent(
            file -> {
              variables.put("SSL_CERT_FILE", "/build-authorities");
              variables.put("PIP_CERT", "/build-authorities");
            });
    return variables;
  }

  private static byte[] pinnedUv() throws IOException {
    try (InputStream pins = ServerImage.class.getResourceAsStream("/dev/tidepool/python/uv.txt")) {
      if (pins == null) {
        throw new IOException("uv.txt is not in the harness's jar");
      }
      return pins.readAllBytes();
    }
  }

  private static List<Path> filesOf(Path source) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path entry : children(source)) {
      if (!NOT_COMFYUI.contains(String.valueOf(entry.getFileName()))) {
        files.addAll(filesBelow(entry));
      }
    }
    return files;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  /** All files but what Python compiled. */
  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("__pycache__"))
          .sorted()
          .toList();
    }
  }
}
