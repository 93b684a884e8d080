package dev.tidepool.comfyui;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The folder {@code custom_nodes/comfyui-tidepool} of a ComfyUI. What Tidepool installed carries
 * {@code .tidepool.json}: {@code {"pack":"<digest>","python":"<program>"}}.
 */
final class InstalledPack {
  private static final String MARK = ".tidepool.json";
  private static final Pattern OWN_NAME =
      Pattern.compile("(?m)^name\\s*=\\s*[\"']" + Pattern.quote(Pack.NAME) + "[\"']");

  private final Path folder;

  InstalledPack(ComfyUi comfyUi) {
    this.folder = comfyUi.customNodes().resolve(Pack.NAME);
  }

  Path folder() {
    return folder;
  }

  boolean exists() {
    return Folders.isThere(folder);
  }

  /**
   * Refuses what somebody else put there.
   *
   * @throws TidepoolException {@code pack-foreign}
   */
  void requireOwn() throws IOException {
    if (!exists()) {
      return;
    }
    if (!Folders.isReal(folder)) {
      throw foreign("is a link or a file");
    }
    if (!Files.isRegularFile(folder.resolve(MARK)) && !namesItself()) {
      throw foreign("was not made by Tidepool");
    }
  }

  /** Whether this very pack was installed for this Python. */
  boolean holds(Pack pack, Path python) throws IOException {
    JsonNode mark = mark();
    return mark.path("pack").asText().equals(pack.digest())
        && mark.path("python").asText().equals(python.toString());
  }

  /** Marks a folder that is to become the installed pack. */
  static void mark(Path folder, Pack pack, Path python) throws IOException {
    ObjectNode mark = JsonTree.object();
    mark.put("pack", pack.digest());
    mark.put("python", python.toString());
    AtomicFiles.create(folder.resolve(MARK), JsonTree.write(mark));
  }

  private JsonNode mark() throws IOException {
    try {
      return JsonTree.read(Files.readAllBytes(folder.resolve(MARK)));
    } catch (NoSuchFileException | JacksonException e) {
      return JsonTree.object();
    }
  }

  /** A pack that ComfyUI-Manager or a person unzipped is Tidepool's as well. */
  private boolean namesItself() throws IOException {
    Path project = folder.resolve("pyproject.toml");
    return Files.isDirectory(folder.resolve("vendor").resolve("tidepool_bridge"))
        && Files.isRegularFile(project)
        && OWN_NAME.matcher(new String(Files.readAllBytes(project), StandardCharsets.UTF_8)).find();
  }

  private TidepoolException foreign(String why) {
    return new TidepoolException(
        ErrorKind.CONFLICT,
        "pack-foreign",
        folder + " " + why + "; it is left as it is.",
        "Move it away, then try again.");
  }
}
