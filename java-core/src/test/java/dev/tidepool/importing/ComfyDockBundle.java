package dev.tidepool.importing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A bundle as ComfyDock 1.0.11 writes it: without a manifest. */
final class ComfyDockBundle {
  private ComfyDockBundle() {}

  static Path write(Path target, String workflow) throws IOException {
    return write(target, workflow, "comfydock");
  }

  /** As ComfyGit 0.7 makes them: its section has another name. */
  static Path ofComfyGit(Path target, String workflow) throws IOException {
    return write(target, workflow, "comfygit");
  }

  private static Path write(Path target, String workflow, String tool) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("workflows/flow.json", workflow);
    files.put(
        "pyproject.toml",
        """
        [project]
        name = "comfydock-env-studio"
        version = "0.1.0"
        requires-python = ">=3.11"
        dependencies = []

        [tool.comfydock]
        comfyui_version = "v0.4.0"
        comfyui_version_type = "release"
        python_version = "3.11"

        [tool.comfydock.nodes.my-dev]
        name = "my-dev"
        version = "dev"
        source = "development"

        [tool.comfydock.workflows.flow]
        path = "workflows/flow.json"
        """
            .replace("comfydock", tool));
    files.put("uv.lock", BundleForge.LOCK.replace("far-away", "studio").replace("comfydock", tool));
    files.put(".python-version", "3.11\n");
    files.put("dev_nodes/my-dev/node.py", "x = 1\n");
    try (OutputStream out = Files.newOutputStream(target);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return target;
  }
}
