package dev.tidepool.adoption;

import dev.tidepool.comfyui.FakeComfyUi;
import dev.tidepool.git.RealGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A ComfyUI as somebody set it up by hand, with a bit of everything. */
public final class OldInstallation {
  static final String WORKFLOW =
      """
      {"nodes":[{"id":1,"type":"LoraLoader","widgets_values":["wave.safetensors",1,1],
      "inputs":[],"outputs":[]}],"links":[],"version":0.4}
      """;

  private final Path folder;

  private OldInstallation(Path folder) {
    this.folder = folder;
  }

  /** Makes it in a folder. */
  public static OldInstallation in(Path folder) throws IOException, InterruptedException {
    FakeComfyUi.write(folder, "0.4.0");
    OldInstallation made = new OldInstallation(folder);
    made.write("models/loras/wave.safetensors", "a small model\n");
    made.write("models/loras/put_loras_here", "");
    made.write("user/default/workflows/sub/portrait.json", WORKFLOW);
    made.write("user/default/comfy.settings.json", "{\"theme\":\"dark\"}");
    made.write("input/grid_pool/profiles.json", "{\"profiles\":[]}");
    made.write("output/old.png", "a picture");
    made.write("custom_nodes/__pycache__/x.pyc", "");
    made.write("custom_nodes/Mine/__init__.py", "# by hand");
    made.write("custom_nodes/Mine/requirements.txt", "shell\n");
    made.write("custom_nodes/Sleeping.disabled/__init__.py", "");
    made.write("custom_nodes/Known/__init__.py", "");
    made.write(
        "custom_nodes/Known/pyproject.toml",
        "[project]\nname = \"known-pack\"\nversion = \"1.2.0\"\ndependencies = []\n");
    made.repository("Cloned", "https://github.com/Ann/Cloned.git");
    made.repository("Changed", "https://ann:secret@github.com/ann/changed");
    made.write("custom_nodes/Changed/__init__.py", "# changed");
    made.repository("Ahead", "https://github.com/ann/ahead");
    made.write("custom_nodes/Ahead/more.py", "");
    made.git("Ahead").run("add", ".");
    made.git("Ahead").run("commit", "-m", "not pushed");
    made.repository("Local", "");
    made.write("dev/Linked/__init__.py", "");
    Files.createSymbolicLink(folder.resolve("custom_nodes/Linked"), Path.of("..", "dev", "Linked"));
    made.installed("sea", "1.0", "REQUESTED");
    made.installed("extra", "1.0", "REQUESTED");
    made.installed("pip", "24.0", "REQUESTED");
    made.installed("homemade", "3.0", "direct_url.json");
    made.write(".venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.11.9\n");
    return made;
  }

  Path folder() {
    return folder;
  }

  /** A clone whose remote branch has its commit; without a remote when the address is empty. */
  private void repository(String name, String url) throws IOException, InterruptedException {
    write("custom_nodes/" + name + "/__init__.py", "NODE_CLASS_MAPPINGS = {}\n");
    RealGit git = git(name);
    git.run("init", "-q", "-b", "main");
    git.run("add", ".");
    git.run("commit", "-q", "-m", "Begin");
    if (!url.isEmpty()) {
      git.run("remote", "add", "origin", url);
      git.run("update-ref", "refs/remotes/origin/main", "HEAD");
    }
  }

  RealGit git(String pack) {
    return new RealGit(folder.resolve("custom_nodes").resolve(pack));
  }

  /** A package as installers record it. */
  void installed(String name, String version, String mark) throws IOException {
    String info = ".venv/lib/python3.11/site-packages/" + name + "-" + version + ".dist-info/";
    write(info + "METADATA", "");
    write(info + mark, "{}");
  }

  Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    return Files.writeString(file, content);
  }

  /** Every file with what is in it, every link with where it leads. */
  SortedMap<String, String> state() throws IOException {
    return state(folder);
  }

  static SortedMap<String, String> state(Path folder) throws IOException {
    SortedMap<String, String> state = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        String name = folder.relativize(each).toString();
        if (Files.isSymbolicLink(each)) {
          state.put(name, "-> " + Files.readSymbolicLink(each));
        } else if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
          state.put(name, Arrays.hashCode(Files.readAllBytes(each)) + " " + Files.size(each));
        }
      }
    }
    return state;
  }
}
