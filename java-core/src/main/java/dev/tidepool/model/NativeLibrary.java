package dev.tidepool.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, kept unpacked in {@code native/sqlite-<checksum>/} of a cache folder:
 * unpacking it at each start, as sqlite-jdbc does by itself, takes 65 ms. Where it cannot be kept,
 * sqlite-jdbc's own way remains.
 */
final class NativeLibrary {
  private static final String PLACE = "org.sqlite.lib.path";

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

  /** The folder with the library; null when it does not come from an archive. */
  private static @Nullable Path unpacked(Path cache) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    @Nullable URL resource =
        LibraryLoaderUtil.class.getResource(
            LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name);
    if (resource == null) {
      return null;
    }
    URLConnection connection = resource.openConnection();
    if (!(connection instanceof JarURLConnection jar)) {
      return null;
    }
    ZipEntry entry = jar.getJarEntry();
    Path folder =
        cache
            .resolve("native")
            .resolve("sqlite-" + HexFormat.of().toHexDigits((int) entry.getCrc()));
    Path library = folder.resolve(name);
    if (!Files.isRegularFile(library) || Files.size(library) != entry.getSize()) {
      Files.createDirectories(folder);
      unpack(jar, library);
    }
    return folder;
  }

  /** Several processes may do this at once: each writes a file of its own and renames it. */
  private static void unpack(URLConnection resource, Path library) throws IOException {
    Path temporary = Files.createTempFile(library.getParent(), ".", ".tmp");
    try (InputStream content = resource.getInputStream()) {
      Files.copy(content, temporary, StandardCopyOption.REPLACE_EXISTING);
      Files.move(temporary, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
