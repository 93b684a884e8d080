package dev.tidepool.environment;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.io.Texts;
import dev.tidepool.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The environments of a workspace. Thread-safe. */
public final class Environments {
  private final Workspace workspace;
  private final StoreLocks locks;
  private final Clock clock;
  private final Consumer<String> notes;

  /**
   * The environments of this workspace.
   *
   * @param locks those of this process
   * @param notes hears what the user has to know, such as that an interrupted change was taken back
   */
  public Environments(Workspace workspace, StoreLocks locks, Clock clock, Consumer<String> notes) {
    this.workspace = workspace;
    this.locks = locks;
    this.clock = clock;
    this.notes = notes;
  }

  /** What the workspace knows of itself. */
  public WorkspaceFile file() {
    return new WorkspaceFile(workspace, locks, clock);
  }

  /**
   * Everything in the workspace that is or becomes an environment, by name: also those whose making
   * was interrupted, and that of {@code tidepool up}, which has no versions.
   */
  public List<Environment> all() {
    return StorageFailures.translate(
        "look into " + workspace.environments(),
        () -> {
          List<Environment> found = new ArrayList<>();
          for (Path folder : Folders.children(workspace.environments())) {
            String name = String.valueOf(folder.getFileName());
            if (Folders.isReal(folder) && !name.startsWith(".")) {
              Environment environment = new Environment(name, folder, locks, clock);
              Creation.endTakenOver(environment);
              found.add(environment);
            }
          }
          return found;
        });
  }

  /** The environments that were made to their end, by name. */
  public List<Environment> list() {
    return all().stream().filter(Environment::isComplete).toList();
  }

  /**
   * The environment with this name, else the active one; an interrupted change of it is taken back
   * first.
   *
   * @throws TidepoolException {@code environment-not-found}, {@code environment-none-active},
   *     {@code environment-incomplete}, {@code environment-unversioned}
   */
  public Environment named(Optional<String> name) {
    Environment environment = find(name);
    if (isMadeByUp(environment)) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "environment-unversioned",
          "The environment " + environment.name() + " was made by tidepool up: it has no versions.",
          "tidepool create NAME makes one that has.");
    }
    if (!environment.isComplete()) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "environment-incomplete",
          "The environment " + environment.name() + " was not made to its end.",
          "The same create, import or adopt goes on.",
          "tidepool delete " + environment.name() + " removes it.");
    }
    recover(environment);
    return environment;
  }

  /**
   * The environment with this name, else the active one, ready to run: also that of {@code tidepool
   * up}. An interrupted change is taken back first.
   *
   * @throws TidepoolException {@code environment-not-found}, {@code environment-none-active},
   *     {@code environment-incomplete}
   */
  public Environment runnable(Optional<String> name) {
    Environment environment = find(name);
    return isMadeByUp(environment) ? environment : named(Optional.of(environment.name()));
  }

  /** How far an environment is. */
  public EnvironmentState state(Environment environment) {
    if (isMadeByUp(environment)) {
      return EnvironmentState.UNVERSIONED;
    }
    return environment.isComplete() ? EnvironmentState.COMPLETE : EnvironmentState.INCOMPLETE;
  }

  /** Lets the ComfyUI of an environment see the models folder that is chosen now. */
  public void linkModels(Environment environment, Steps steps) {
    Path models = file().modelsFolder();
    StorageFailures.translate(
        "link the models of " + environment.name(),
        () -> {
          new ModelsLink(environment.comfyUi(), models).make(steps);
          return models;
        });
  }

  /**
   * The name that an environment can be made with: no other has it, or its making was stopped.
   *
   * @throws TidepoolException {@code environment-name-invalid}, {@code environment-exists}
   */
  public String requireFree(String wanted) {
    String name = EnvironmentName.require(wanted);
    for (Environment other : all()) {
      boolean same = other.name().equals(name);
      if ((same && (other.isComplete() || isMadeByUp(other)))
          || (!same && Texts.key(other.name()).equals(Texts.key(name)))) {
        throw new TidepoolException(
            ErrorKind.CONFLICT,
            "environment-exists",
            "There is an environment named " + Texts.quoted(other.name()) + " already.",
            "Choose another name, or remove it first: tidepool delete " + other.name());
      }
    }
    return name;
  }

  /**
   * Makes an environment, or goes on with one whose making was stopped.
   *
   * @throws TidepoolException {@code environment-name-invalid}, {@code environment-exists}, and
   *     what can go wrong on the way; what was done by then stays for the next call
   */
  public Environment create(CreateRequest request, CreationTools tools, Steps steps) {
    String name = requireFree(request.name());
    Environment environment = at(name);
    Path models = file().modelsFolder();
    return StorageFailures.translate(
        "create the environment " + name + " in " + environment.folder(),
        () -> {
          if (models.equals(workspace.models())) {
            Files.createDirectories(models);
          }
          if (!file().exists()) {
            Files.createDirectories(workspace.metadata());
            file().setModelsFolder(models);
          }
          return environment
              .changeLock()
              .holding(
                  () -> {
                    if (!environment.isComplete()) {
                      new Creation(request, environment, workspace, models, tools).run(steps);
                    }
                    return environment;
                  });
        });
  }

  /**
   * Moves an environment into the workspace's trash, or deletes it for good.
   *
   * @param purge whether it is to be gone at once
   * @param force whether it may be running
   * @return where it is now, unless it is gone
   * @throws TidepoolException {@code environment-not-found}, {@code environment-running}
   */
  public Optional<Path> delete(String name, boolean purge, boolean force) {
    Environment environment = find(Optional.of(name));
    if (!force && Running.isSo(environment)) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "environment-running",
          "The ComfyUI of " + environment.name() + " is running.",
          "End it first with Ctrl-C, or delete it all the same with --force.");
    }
    Path place =
        StorageFailures.translate(
            "delete the environment " + environment.name(),
            () -> new WorkspaceTrash(workspace, clock).take(environment));
    WorkspaceFile file = file();
    if (file.activeEnvironment().equals(Optional.of(environment.name()))) {
      file.activate(Optional.empty());
    }
    if (!purge) {
      return Optional.of(place);
    }
    StorageFailures.translate(
        "delete " + place,
        () -> {
          FinalDeletion.of(place);
          return place;
        });
    return Optional.empty();
  }

  /** The environment with this name, whether it is there or not; the name is a safe one. */
  private Environment at(String name) {
    return new Environment(name, workspace.environment(name), locks, clock);
  }

  private static boolean isMadeByUp(Environment environment) {
    return !Files.exists(environment.cec())
        && Files.exists(environment.comfyUi())
        && !CreationNote.isIn(environment);
  }

  /** Makes an environment the active one. */
  public void use(String name) {
    Environment environment = named(Optional.of(name));
    file().activate(Optional.of(environment.name()));
  }

  /** The environment with this name, else the active one, in whatever state it is. */
  Environment find(Optional<String> name) {
    String wanted =
        name.or(() -> file().activeEnvironment())
            .orElseThrow(
                () ->
                    new TidepoolException(
                        ErrorKind.NOT_FOUND,
                        "environment-none-active",
                        "No environment is active.",
                        "Name one with -e NAME, or make one the active one: tidepool use NAME.",
                        known(all())));
    List<Environment> all = all();
    return all.stream()
        .filter(one -> one.name().equals(wanted))
        .findFirst()
        .or(
            () ->
                all.stream()
                    .filter(one -> Texts.nfc(one.name()).equals(Texts.nfc(wanted)))
                    .findFirst())
        .orElseThrow(
            () ->
                new TidepoolException(
                    ErrorKind.NOT_FOUND,
                    "environment-not-found",
                    "There is no environment " + Texts.quoted(wanted) + ".",
                    known(all)));
  }

  private void recover(Environment environment) {
    Change.recover(environment)
        .ifPresent(
            what ->
                notes.accept(
                    "The interrupted "
                        + what
                        + " of "
                        + environment.name()
                        + " was taken back; it can be done again."));
  }

  private static String known(List<Environment> environments) {
    return environments.isEmpty()
        ? "There is none yet: tidepool create NAME."
        : "There are: "
            + String.join(", ", environments.stream().map(Environment::name).toList())
            + ".";
  }
}
