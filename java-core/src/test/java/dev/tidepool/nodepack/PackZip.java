package dev.tidepool.nodepack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes the archives that packs come in. */
public final class PackZip {
  private final Map<String, String> files = new LinkedHashMap<>();

  /** Adds a file. */
  public PackZip file(String name, String content) {
    files.put(name, content);
    return this;
  }

  /** A small pack that asks for Python packages, one a line. */
  public static byte[] pack(String says, String... requirements) {
    return new PackZip()
        .file("__init__.py", "NODE_CLASS_MAPPINGS = {}\n# " + says + "\n")
        .file("nodes/über uns.py", "x = 1\n")
        .file("requirements.txt", String.join("\n", requirements) + "\n")
        .bytes();
  }

  /** The archive. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> each : files.entrySet()) {
        ZipEntry entry = new ZipEntry(each.getKey());
        // Packs with the same files are the same bytes.
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }
}
