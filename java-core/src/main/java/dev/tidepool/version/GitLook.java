package dev.tidepool.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.WorkTree;
import dev.tidepool.io.JsonTree;
import dev.tidepool.toml.TomlDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Tells what is in the folders of node packs; keeps it for as long as their files are the same. */
final class GitLook implements PackLook {
  private static final Set<String> GENERATED = Set.of(".git", "__pycache__");

  private final StatusCache cache;

  GitLook(StatusCache cache) {
    this.cache = cache;
  }

  @Override
  public Optional<GitState> git(Path folder, boolean files) throws IOException {
    Path repository = folder.resolve(".git");
    if (!Files.exists(repository)) {
      return Optional.empty();
    }
    if (!Files.isDirectory(repository)) {
      return state(read(folder, files));
    }
    Stamps stamps =
        new Stamps()
            .file(repository.resolve("HEAD"))
            .file(repository.resolve("packed-refs"))
            .tree(repository.resolve("refs").resolve("heads"), Set.of());
    if (files) {
      stamps.file(repository.resolve("index")).tree(folder, GENERATED);
    }
    String what = "git " + folder.getFileName() + (files ? " with files" : "");
    return state(cache.known(what, stamps, () -> read(folder, files)));
  }

  private static JsonNode read(Path folder, boolean files) {
    ArrayNode json = JsonTree.list();
    try {
      Optional<WorkTree> tree = WorkTree.of(folder);
      if (tree.isPresent()) {
        json.add(tree.get().head().orElse(""))
            .add(tree.get().branch().orElse(""))
            .add(files && tree.get().isDirty());
      }
    } catch (TidepoolException e) {
      // A repository that is damaged tells nothing, and is still the user's.
      json.removeAll();
    }
    return json;
  }

  private static Optional<GitState> state(JsonNode json) {
    return json.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GitState(json.path(0).asText(), json.path(1).asText(), json.path(2).asBoolean()));
  }

  @Override
  public String version(Path folder) throws IOException {
    Path file = folder.resolve("pyproject.toml");
    return cache
        .known(
            "version " + folder.getFileName(),
            new Stamps().file(file),
            () -> JsonTree.list().add(readVersion(file)))
        .path(0)
        .asText();
  }

  private static String readVersion(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        return "";
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return TomlDocument.parse(text, file.toString()).get("project", "version")
              instanceof String version
          ? version
          : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TidepoolException e) {
      // What a pack says of itself is nobody's task to mend here.
      return "";
    }
  }
}
