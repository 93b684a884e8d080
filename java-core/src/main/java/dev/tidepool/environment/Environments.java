package dev.tidepool.environment;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
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
              found.add(new Environment(name, folder, locks, clock));
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
    if (!Files.isDirectory(environment.cec())) {
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
          "tidepool create " + environment.name() + " goes on.",
          "tidepool delete " + environment.name() + " removes it.");
    }
    recover(environment);
    return environment;
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
