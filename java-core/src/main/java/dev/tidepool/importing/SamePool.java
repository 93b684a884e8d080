package dev.tidepool.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Whether two archives of profiles hold the same pool. What they say beside that is of no account:
 * the same pool is called otherwise elsewhere, and was made at another time.
 */
final class SamePool {
  private static final String POOL = "pool/";
  private static final int BUFFER = 1 << 16;

  private SamePool() {}

  /** Compares a foreign archive, of which nothing was checked, with one that was made here. */
  static boolean is(Path foreign, Path own) throws IOException {
    try (ZipFile theirs = new ZipFile(foreign.toFile());
        ZipFile mine = new ZipFile(own.toFile())) {
      Map<String, ZipEntry> expected = entries(mine);
      Map<String, ZipEntry> given = entries(theirs);
      if (!given.keySet().equals(expected.keySet())) {
        return false;
      }
      for (Map.Entry<String, ZipEntry> each : expected.entrySet()) {
        ZipEntry other = given.getOrDefault(each.getKey(), each.getValue());
        if (each.getValue().getSize() != other.getSize()
            || !isSame(mine, each.getValue(), theirs, other)) {
          return false;
        }
      }
      return true;
    } catch (ZipException e) {
      // Whoever unpacks it says what is wrong.
      return false;
    }
  }

  private static Map<String, ZipEntry> entries(ZipFile archive) throws ZipException {
    Map<String, ZipEntry> entries = new TreeMap<>();
    for (Enumeration<? extends ZipEntry> all = archive.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      boolean inPool = entry.getName().startsWith(POOL) && !entry.isDirectory();
      if (inPool && entries.put(entry.getName(), entry) != null) {
        throw new ZipException("two entries of one name");
      }
    }
    return entries;
  }

  /** Reads no more of what is foreign than there is here. */
  private static boolean isSame(ZipFile mine, ZipEntry own, ZipFile theirs, ZipEntry foreign)
      throws IOException {
    try (InputStream here = mine.getInputStream(own);
        InputStream there = theirs.getInputStream(foreign)) {
      byte[] expected = here.readNBytes(BUFFER);
      while (expected.length > 0) {
        if (!Arrays.equals(expected, there.readNBytes(expected.length))) {
          return false;
        }
        expected = here.readNBytes(BUFFER);
      }
      return there.read() < 0;
    }
  }
}
