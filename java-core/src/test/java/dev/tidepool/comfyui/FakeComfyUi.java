package dev.tidepool.comfyui;

import dev.tidepool.python.PackageIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A program with the outside of ComfyUI, small enough to start in a moment, and a node pack with
 * the outside of Tidepool's. What they need comes from {@link #index()}.
 */
public final class FakeComfyUi {
  private static final String MAIN =
      """
      import http.server, sys
      arguments = sys.argv[1:]
      print("to stdout", *arguments, flush=True)
      if "--fail" in arguments:
          print("it failed", file=sys.stderr)
          sys.exit(5)
      class Handler(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              self.send_response(200 if self.path == "/system_stats" else 404)
              self.end_headers()
              self.wfile.write(b"{}")
          def log_message(self, *arguments):
              pass
      port = int(arguments[arguments.index("--port") + 1])
      server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
      try:
          server.serve_forever()
      except KeyboardInterrupt:
          with open("stopped.txt", "a") as file:
              file.write(" ".join(arguments) + "\\n")
      """;
  private static final String BACKEND =
      """
      import os
      def prepare_metadata_for_build_wheel(folder, settings=None):
          os.makedirs(os.path.join(folder, "fake_comfy-1.0.dist-info"))
          with open(os.path.join(folder, "fake_comfy-1.0.dist-info", "METADATA"), "w") as file:
              file.write("Metadata-Version: 2.1\\nName: fake-comfy\\nVersion: 1.0\\n")
          return "fake_comfy-1.0.dist-info"
      """;

  private static final String CORE =
      """
      class Core:
          def ping(self, value=0):
              return value
      def core():
          return Core()
      """;

  private FakeComfyUi() {}

  /** The files of a ComfyUI of this version. */
  static Map<String, String> files(String version) {
    Map<String, String> files = new TreeMap<>();
    files.put("main.py", MAIN);
    files.put("nodes.py", "");
    files.put("comfy/__init__.py", "");
    files.put("custom_nodes/websocket_image_save.py", "");
    files.put("requirements.txt", "torch==0.1\nsea>=1.0\n");
    files.put("comfyui_version.py", "# generated\n__version__ = \"" + version + "\"\n");
    return files;
  }

  /** Writes a ComfyUI into a folder. */
  public static Path write(Path folder, String version) throws IOException {
    return write(folder, files(version));
  }

  /** Writes a node pack into a folder. */
  public static Path writePack(Path folder, String version) throws IOException {
    Map<String, String> files = new TreeMap<>();
    files.put("__init__.py", "NODE_CLASS_MAPPINGS = {}\n");
    files.put("requirements.txt", "shell==1.0\n");
    files.put(
        "install.py",
        "import os, shutil; assert os.path.isfile('install.py'); print('ready', shutil.which('uv'))\n");
    files.put(
        "pyproject.toml",
        "[project]\nname = \"comfyui-tidepool\"\nversion = \"" + version + "\"\n");
    files.put("example_workflows/first_steps.json", "{}\n");
    files.put("vendor/tidepool_bridge/__init__.py", "from ._core import core\n");
    files.put("vendor/tidepool_bridge/_core.py", CORE);
    files.put("version-" + version + ".txt", version);
    return write(folder, files);
  }

  /** Writes files, by their paths, into a folder. */
  static Path write(Path folder, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, file.getValue());
    }
    return folder;
  }

  /** An index with all that the ComfyUI and the node pack need, and a package that carries it. */
  public static PackageIndex index() throws IOException {
    Map<String, String> source = new TreeMap<>();
    source.put(
        "pyproject.toml",
        """
        [project]
        name='fake-comfy'
        version='1.0'
        [build-system]
        requires=[]
        build-backend='backend'
        backend-path=['.']
        """);
    source.put("backend.py", BACKEND);
    files("0.2.0").forEach((name, content) -> source.put("vendor/ComfyUI/" + name, content));
    return new PackageIndex()
        .wheel("torch", "0.1")
        .wheel("sea", "1.5")
        .wheel("shell", "1.0")
        .file("fake_comfy-1.0.tar.gz", archive("fake_comfy-1.0/", source));
  }

  /** The bytes of a {@code .tar.gz} of these files below a prefix. */
  static byte[] archive(String prefix, Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = tar(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        add(tar, prefix + file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  static TarArchiveOutputStream tar(OutputStream bytes) throws IOException {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    return tar;
  }

  static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
