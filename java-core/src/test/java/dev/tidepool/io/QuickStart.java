package dev.tidepool.io;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Options with which a {@link ChildJvm} starts in half the time: the test's class path as jars
 * only, and an archive of shared classes (JEP 350) that a first run leaves behind.
 */
public final class QuickStart {
  private final String classPath;
  private final Path archive;

  private QuickStart(String classPath, Path archive) {
    this.classPath = classPath;
    this.archive = archive;
  }

  /** Packs the class path into an empty folder. */
  public static QuickStart prepare(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> jars = new ArrayList<>();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(element);
      if (Files.isDirectory(path)) {
        path = pack(path, folder.resolve(jars.size() + ".jar"));
      }
      jars.add(path.toString());
    }
    return new QuickStart(String.join(File.pathSeparator, jars), folder.resolve("classes.jsa"));
  }

  /** For the run that makes the archive when it ends by itself. */
  public List<String> recording() {
    return List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable", "-cp", classPath);
  }

  /** For every later run. */
  public List<String> options() {
    return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-cp", classPath);
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(
            new JarEntry(classes.relativize(path).toString().replace(File.separatorChar, '/')));
        Files.copy(path, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
