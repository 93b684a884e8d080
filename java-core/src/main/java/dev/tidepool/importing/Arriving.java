package dev.tidepool.importing;

import dev.tidepool.bundle.Bundle;
import dev.tidepool.bundle.BundleManifest;
import dev.tidepool.bundle.BundledModel;
import dev.tidepool.bundle.BundledPool;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.MemberNames;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.manifest.ComfyGitManifest;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.nodepack.PackNames;
import dev.tidepool.toml.TomlDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a bundle that was unpacked brings, told alike whoever made it.
 *
 * @param project its {@code pyproject.toml}
 * @param lock its {@code uv.lock}
 * @param workflows the files by their paths below {@code workflows/}
 * @param models as the bundle's manifest lists them; of a bundle without one, as its project does,
 *     without hashes of the whole content
 * @param notes what a person should know
 */
record Arriving(
    Bundle bundle,
    Manifest project,
    Optional<String> lock,
    Map<String, Path> workflows,
    List<BundledModel> models,
    List<BundledPool> pools,
    List<String> notes) {
  private static final String PROJECT = "pyproject.toml";
  private static final String LOCK = "uv.lock";
  private static final String WORKFLOWS = "workflows";

  /**
   * Reads it.
   *
   * @throws TidepoolException {@code bundle-incomplete}, {@code bundle-inconsistent}, {@code
   *     toml-invalid}
   */
  static Arriving of(Bundle bundle) {
    return StorageFailures.translate(
        "read the bundle",
        () -> {
          Path file = bundle.path(PROJECT);
          if (!Files.isRegularFile(file)) {
            throw new TidepoolException(
                ErrorKind.MALFORMED,
                "bundle-incomplete",
                "The bundle has no " + PROJECT + ": nothing says what its environment is.",
                "Ask whoever made it for a whole one.");
          }
          Optional<BundleManifest> manifest = bundle.contents().manifest();
          Manifest project =
              manifest.isPresent() ? Manifest.read(file) : ComfyGitManifest.read(file);
          project.nodes().values().forEach(entry -> PackNames.folder(entry.name()));
          if (manifest.isPresent()) {
            new Agreement(manifest.get(), bundle).require(project);
          }
          return new Arriving(
              bundle,
              project,
              lock(bundle),
              workflows(bundle),
              manifest.map(BundleManifest::models).orElseGet(() -> listed(project)),
              manifest.map(BundleManifest::pools).orElse(List.of()),
              notes(bundle));
        });
  }

  /** What the environment was called. */
  Optional<String> name() {
    return bundle.contents().manifest().map(manifest -> manifest.environment().name());
  }

  /** Which Python it had, such as {@code 3.11}. */
  Optional<String> python() {
    return bundle
        .contents()
        .manifest()
        .flatMap(BundleManifest::python)
        .or(() -> Optional.of(project.pythonVersion()))
        .filter(version -> version.matches("3\\.[0-9]{1,2}"));
  }

  /**
   * Whether the lock is that of the project. A bundle of some workflows has a project that asks for
   * less than its environment did, with the lock of all.
   */
  boolean isLocked() {
    if (lock.isEmpty()) {
      return false;
    }
    Set<String> groups = new TreeSet<>();
    Set<String> direct = new TreeSet<>();
    if (TomlDocument.parse(lock.get(), LOCK).get("package") instanceof List<?> packages) {
      for (Object each : packages) {
        boolean own =
            each instanceof Map<?, ?> table
                && table.get("source") instanceof Map<?, ?> source
                && source.containsKey("virtual");
        if (own && ((Map<?, ?>) each).get("metadata") instanceof Map<?, ?> metadata) {
          if (metadata.get("requires-dev") instanceof Map<?, ?> dev) {
            dev.keySet().forEach(name -> groups.add(normalized(String.valueOf(name))));
          }
          if (metadata.get("requires-dist") instanceof List<?> dist) {
            dist.forEach(one -> direct.add(one instanceof Map<?, ?> map ? name(map) : ""));
          }
        }
      }
    }
    Set<String> wanted = new TreeSet<>();
    project.groups().keySet().forEach(name -> wanted.add(normalized(name)));
    Set<String> asked = new TreeSet<>();
    project
        .dependencies()
        .forEach(text -> asked.add(normalized(text.strip().split("[^A-Za-z0-9._-]", 2)[0])));
    return groups.equals(wanted) && direct.equals(asked);
  }

  private static String name(Map<?, ?> requirement) {
    return normalized(String.valueOf(requirement.get("name")));
  }

  /** As package indexes compare names (PEP 503). */
  static String normalized(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }

  /** What tells this bundle from any other. */
  String digest() {
    StringBuilder all = new StringBuilder();
    bundle.contents().members().forEach(each -> all.append(each.sha256()).append(each.path()));
    return Sha256.of(all.toString());
  }

  private static Optional<String> lock(Bundle bundle) throws IOException {
    Path file = bundle.path(LOCK);
    return Files.isRegularFile(file)
        ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static Map<String, Path> workflows(Bundle bundle) {
    Map<String, Path> workflows = new LinkedHashMap<>();
    for (String member : bundle.under(WORKFLOWS)) {
      if (member.endsWith(".json")) {
        workflows.put(member.substring(WORKFLOWS.length() + 1), bundle.path(member));
      }
    }
    return workflows;
  }

  /** What ComfyDock says of models: its keys are not those of this index, and no whole hash. */
  private static List<BundledModel> listed(Manifest project) {
    List<BundledModel> models = new ArrayList<>();
    for (ModelEntry entry : project.models().values()) {
      if (MemberNames.isSafe(entry.relativePath())) {
        models.add(
            new BundledModel(
                entry.filename(),
                entry.relativePath(),
                entry.size(),
                "",
                "",
                entry.hash(),
                entry.sources(),
                Optional.empty(),
                List.of()));
      }
    }
    return models;
  }

  private static List<String> notes(Bundle bundle) {
    List<String> notes = new ArrayList<>();
    if (bundle.contents().manifest().isEmpty()) {
      notes.add(
          "The bundle has no manifest, as ComfyDock and ComfyGit make them: nothing says whether it"
              + " arrived as it was made, and models are known by their names only.");
    }
    for (String ignored : bundle.contents().ignored()) {
      notes.add("The bundle holds " + ignored + ", which is not taken over.");
    }
    return notes;
  }
}
