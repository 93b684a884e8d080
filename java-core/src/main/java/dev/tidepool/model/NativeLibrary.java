package dev.tidepool.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, kept unpacked in {@code native/sqlite-<checksum>/} of a cache folder:
 * unpacking it at each start, as sqlite-jdbc does by itself, takes 65 ms. Where it cannot be kept,
 * sqlite-jdbc's own way remains.
 */
final class NativeLibrary {
  private static final String PLACE = "org.sqlite.lib.path";

  private static final Map<String, String> LINUX_MACHINES =
      Map.of("amd64", "x86_64", "aarch64", "aarch64");

  private NativeLibrary() {}

  /** Tells sqlite-jdbc where the library is, unless somebody has; puts it there when needed. */
  static void prepare(Path cache) {
    if (System.getProperty(PLACE) != null) {
      return;
    }
    try {
      @Nullable Path folder = unpacked(cache);
      if (folder != null) {
        System.setProperty(PLACE, folder.toString());
      }
    } catch (IOException | RuntimeException e) {
      System.getLogger("dev.tidepool.model")
          .log(System.Logger.Level.DEBUG, "sqlite not kept reason={0}", e.toString());
    }
  }

  /**
   * The folder of this machine's library in the archive. On Linux sqlite-jdbc runs a program and
   * looks at each mapped file to know it, for 40 ms; where this does not know, that remains.
   */
  static String resources() {
    String system = System.getProperty("os.name", "");
    @Nullable String machine = LINUX_MACHINES.get(System.getProperty("os.arch", ""));
    if (!system.equals("Linux") || machine == null) {
      return LibraryLoaderUtil.getNativeLibResourcePath();
    }
    try {
      String mapped =
          new String(Files.readAllBytes(Path.of("/proc/self/maps")), StandardCharsets.ISO_8859_1);
      String libc = mapped.contains("/ld-musl-") ? "Linux-Musl" : "Linux";
      return "/org/sqlite/native/" + libc + "/" + machine;
    } catch (IOException e) {
      return LibraryLoaderUtil.getNativeLibResourcePath();
    }
  }

  /** The folder with the library; null when it does not come from an archive. */
  private static @Nullable Path unpacked(Path cache) throws IOException {
    @Nullable CodeSource source = LibraryLoaderUtil.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return null;
    }
    Path archive = Path.of(URI.create(source.getLocation().toString()));
    if (!Files.isRegularFile(archive)) {
      return null;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    try (ZipFile jar = new ZipFile(archive.toFile())) {
      @Nullable ZipEntry entry = jar.getEntry(resources().substring(1) + "/" + name);
      return entry == null ? null : unpacked(cache, jar, entry, name);
    }
  }

  private static Path unpacked(Path cache, ZipFile jar, ZipEntry entry, String name)
      throws IOException {
    Path folder =
        cache
            .resolve("native")
            .resolve("sqlite-" + HexFormat.of().toHexDigits((int) entry.getCrc()));
    Path library = folder.resolve(name);
    if (!Files.isRegularFile(library) || Files.size(library) != entry.getSize()) {
      Files.createDirectories(folder);
      unpack(jar.getInputStream(entry), library);
    }
    return folder;
  }

  /** Several processes may do this at once: each writes a file of its own and renames it. */
  private static void unpack(InputStream packed, Path library) throws IOException {
    Path temporary = Files.createTempFile(library.getParent(), ".", ".tmp");
    try (InputStream content = packed) {
      Files.copy(content, temporary, StandardCopyOption.REPLACE_EXISTING);
      Files.move(temporary, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
