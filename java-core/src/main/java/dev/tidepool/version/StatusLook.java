package dev.tidepool.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tidepool.environment.Environment;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.History;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.manifest.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at an environment. What takes git, the manifest or uv to find out is kept with the stamps
 * of all files that it depends on, and found out again only when one of them is another one.
 */
final class StatusLook {
  private final Environment environment;
  private final Supplier<History> history;
  private final EnvironmentLook look;
  private final LockedPython python;
  private final StatusCache cache;

  StatusLook(
      Environment environment,
      Supplier<History> history,
      EnvironmentLook look,
      LockedPython python) {
    this.environment = environment;
    this.history = history;
    this.look = look;
    this.python = python;
    this.cache = look.cache();
  }

  Status status() {
    return StorageFailures.translate("look at " + environment.name(), this::look);
  }

  private Status look() throws IOException {
    List<TrackedWorkflow> workflows = look.tracking().look(cache);
    Optional<Problem> manifest = Optional.empty();
    List<RecordedPack> recorded = List.of();
    try {
      recorded = recorded();
    } catch (TidepoolException e) {
      manifest = Optional.of(Problem.of(e));
    }
    ModelChecks checks = look.checks(cache);
    PackIds ids = new PackIds(recorded);
    List<WorkflowStatus> statuses = new ArrayList<>();
    for (TrackedWorkflow workflow : workflows) {
      statuses.add(
          new WorkflowStatus(
              workflow,
              workflow.facts().map(checks::of).orElse(List.of()),
              workflow.facts().map(WorkflowFacts::packs).orElse(List.of()).stream()
                  .filter(needed -> ids.installed(needed).isEmpty())
                  .toList()));
    }
    checks.keep();
    List<PackStatus> packs = look.packs(cache).compare(recorded);
    JsonNode git = git();
    PythonStatus packages = python.compare(cache, git.path(2).asBoolean());
    cache.save();
    List<ChangedFile> uncommitted = new ArrayList<>();
    for (JsonNode change : git.path(1)) {
      uncommitted.add(new ChangedFile(change.path(0).asText(), change.path(1).asText()));
    }
    return new Status(
        environment.name(),
        Optional.of(git.path(0).asText()).filter(version -> !version.isEmpty()),
        statuses,
        packs,
        packages,
        manifest,
        uncommitted);
  }

  /** The newest version's name, and what differs from it. */
  private JsonNode git() throws IOException {
    Path repository = environment.cec().resolve(".git");
    Stamps stamps =
        new Stamps()
            .file(repository.resolve("HEAD"))
            .file(repository.resolve("index"))
            .file(repository.resolve("packed-refs"))
            .tree(repository.resolve("refs"), Set.of())
            .tree(environment.cec(), Set.of(".git"));
    return cache.known(
        "git",
        stamps,
        () -> {
          ArrayNode json = JsonTree.list();
          json.add(history.get().versions(1).stream().findFirst().map(v -> v.name()).orElse(""));
          ArrayNode changes = json.addArray();
          history
              .get()
              .uncommitted()
              .forEach(
                  change ->
                      changes
                          .addArray()
                          .add(change.path())
                          .add(change.kind().name().toLowerCase(java.util.Locale.ROOT)));
          return json.add(isLockOutdated(changes));
        });
  }

  /** Whether other packages are asked for than in the newest version, and the lock is the same. */
  private boolean isLockOutdated(JsonNode changes) {
    boolean manifest = false;
    boolean lock = false;
    for (JsonNode change : changes) {
      manifest |= change.path(0).asText().equals("pyproject.toml");
      lock |= change.path(0).asText().equals("uv.lock");
    }
    return manifest && !lock && isOtherAsked();
  }

  private boolean isOtherAsked() {
    byte @Nullable [] last = history.get().lastTree().bytes("pyproject.toml");
    try {
      return last != null
          && !AskedPackages.of(Manifest.parse(new String(last, StandardCharsets.UTF_8)))
              .equals(AskedPackages.of(Manifest.read(environment.pyproject())));
    } catch (TidepoolException e) {
      return false;
    }
  }

  private List<RecordedPack> recorded() throws IOException {
    JsonNode json =
        cache.known(
            "packs",
            new Stamps().file(environment.pyproject()),
            () -> {
              ArrayNode list = JsonTree.list();
              for (RecordedPack pack : RecordedPacks.of(Manifest.read(environment.pyproject()))) {
                list.addArray()
                    .add(pack.id())
                    .add(pack.name())
                    .add(pack.source())
                    .add(pack.version())
                    .add(pack.branch())
                    .add(pack.commit())
                    .add(pack.registryId())
                    .add(pack.repository());
              }
              return list;
            });
    List<RecordedPack> packs = new ArrayList<>();
    for (JsonNode pack : json) {
      packs.add(
          new RecordedPack(
              pack.path(0).asText(),
              pack.path(1).asText(),
              pack.path(2).asText(),
              pack.path(3).asText(),
              pack.path(4).asText(),
              pack.path(5).asText(),
              pack.path(6).asText(),
              pack.path(7).asText()));
    }
    return packs;
  }
}
