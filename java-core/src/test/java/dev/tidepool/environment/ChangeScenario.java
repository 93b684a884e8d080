package dev.tidepool.environment;

import dev.tidepool.io.Folders;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An environment with something of every kind, and a change that does everything to it. As a main
 * class it does that change and dies at one point of it.
 */
public final class ChangeScenario {
  static final int DEAD = 42;

  private ChangeScenario() {}

  /** Arguments: the environment's folder, and at which point to die. */
  public static void main(String[] arguments) throws IOException {
    DyingDisk disk =
        new DyingDisk(Integer.parseInt(arguments[1]), () -> Runtime.getRuntime().halt(DEAD));
    change(at(Path.of(arguments[0]), disk));
    System.out.println(disk.points());
  }

  static Environment at(Path folder, Disk disk) {
    Clock clock = Clock.fixed(Instant.parse("2026-11-26T09:15:00.123Z"), ZoneOffset.UTC);
    return new Environment("Höhle 1", folder, new StoreLocks(), clock, disk);
  }

  /** Makes the environment as it is before the change. */
  static Environment make(Path folder) throws IOException {
    Environment environment = at(folder, new Disk());
    file(environment.pyproject(), "[project]\nname = \"x\"\n");
    file(environment.cec().resolve("uv.lock"), "version = 1\n");
    file(environment.workflows().resolve("a.json"), "{\"old\":1}");
    file(environment.workflows().resolve("gone/c.json"), "{}");
    file(environment.workflows().resolve("gone/d.json"), "{\"d\":1}");
    file(environment.liveWorkflows().resolve("a.json"), "{\"live\":1}");
    file(environment.customNodes().resolve("registry-pack/__init__.py"), "old = 1\n");
    file(environment.customNodes().resolve("registry-pack/sub/x.py"), "x = 1\n");
    file(environment.customNodes().resolve("mine/own.py"), "mine = 1\n");
    file(environment.customNodes().resolve("dev/__init__.py"), "dev = 1\n");
    Files.createDirectories(folder.resolve("elsewhere"));
    Files.createSymbolicLink(
        environment.customNodes().resolve("linked"), Path.of("../../elsewhere"));
    file(environment.venv().resolve("pyvenv.cfg"), "home = /usr/bin\n");
    Path python = file(environment.venv().resolve("bin/activate"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(environment.venv().resolve("bin/python"), Path.of("/usr/bin/python3"));
    Path packages = packages(environment);
    file(packages.resolve("x/__init__.py"), "x = 1\n");
    file(packages.resolve("x-1.dist-info/RECORD"), "x/__init__.py,,\n");
    file(packages.resolve("y.py"), "y = 1\n");
    Files.createDirectories(packages.resolve("empty"));
    Path git = environment.cec().resolve(".git");
    file(git.resolve("HEAD"), "ref: refs/heads/main\n");
    file(git.resolve("refs/heads/main"), "1111\n");
    file(git.resolve("refs/tags/v1"), "1111\n");
    file(git.resolve("index"), "old index");
    file(git.resolve("objects/11/11"), "object");
    return environment;
  }

  /** Does everything that a change can do. */
  static void change(Environment environment) {
    Change.of(environment, "node add", change -> everything(environment, change));
  }

  private static boolean everything(Environment environment, Change change) throws IOException {
    Path nodes = environment.customNodes();
    change.write(environment.pyproject(), bytes("[project]\nname = \"y\"\n"));
    Map<Path, byte[]> workflows = new HashMap<>();
    workflows.put(environment.workflows().resolve("a.json"), bytes("{\"new\":1}"));
    workflows.put(environment.workflows().resolve("sub/deep/b.json"), bytes("{\"b\":1}"));
    workflows.put(environment.liveWorkflows().resolve("a.json"), bytes("{\"live\":2}"));
    change.write(workflows);
    change.delete(
        List.of(
            environment.workflows().resolve("gone/c.json"),
            environment.workflows().resolve("gone/d.json"),
            environment.workflows().resolve("gone/never.json")));
    change.delete(environment.workflows().resolve("gone"));
    change.trash(List.of(nodes.resolve("mine"), nodes.resolve("linked")));
    change.rename(nodes.resolve("dev"), nodes.resolve("dev.disabled"));
    Path prepared = change.staging().resolve("registry-pack");
    file(prepared.resolve("__init__.py"), "new = 1\n");
    change.put(nodes.resolve("registry-pack"), prepared);
    Path another = change.staging().resolve("another");
    file(another.resolve("__init__.py"), "another = 1\n");
    change.put(nodes.resolve("another"), another);
    Path single = file(change.staging().resolve("single"), "single = 1\n");
    change.put(nodes.resolve("single.py"), single);
    change.folder(nodes.resolve("empty/inner"));
    change.python(() -> install(packages(environment)));
    change.history(() -> commit(environment.cec().resolve(".git")));
    change.write(environment.cec().resolve("uv.lock"), bytes("version = 1\nrevision = 2\n"));
    return true;
  }

  /** What uv does: replaces, makes and deletes files. */
  private static void install(Path packages) throws IOException {
    Folders.delete(packages.resolve("x"));
    Folders.delete(packages.resolve("x-1.dist-info"));
    Folders.delete(packages.resolve("empty"));
    replace(packages.resolve("y.py"), "y = 2\n");
    file(packages.resolve("z/__init__.py"), "z = 1\n");
  }

  /** What git does: writes files beside their targets, and renames them. */
  private static void commit(Path git) throws IOException {
    replace(git.resolve("index"), "new index");
    file(git.resolve("objects/22/22"), "object");
    replace(git.resolve("refs/heads/main"), "2222\n");
    file(git.resolve("refs/tags/v2"), "2222\n");
  }

  /** The state that counts: every path with its content, and no objects that nobody names. */
  static SortedMap<String, String> state(Path folder) throws IOException {
    SortedMap<String, String> state = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        String name = folder.relativize(path).toString();
        if (!name.startsWith(".tidepool") && !name.startsWith(".cec/.git/objects")) {
          state.put(name, describe(path));
        }
      }
    }
    return state;
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "link to " + Files.readSymbolicLink(path);
    }
    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        ? mode + " folder"
        : mode + " " + Files.readString(path);
  }

  private static Path packages(Environment environment) {
    return environment.venv().resolve("lib/python3.11/site-packages");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void replace(Path file, String text) throws IOException {
    Path beside = file(file.resolveSibling(file.getFileName() + ".new"), text);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  static Path file(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(".").normalize());
    return Files.writeString(file, text);
  }
}
