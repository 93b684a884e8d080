package dev.tidepool.python;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.process.Ended;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Locks and syncs projects with uv. What the network does not give comes from uv's cache, where
 * everything needed is in it; that is said. Thread-safe.
 */
public final class UvProjects {
  private static final Pattern CHANGE =
      Pattern.compile("\\s*([+-])\\s+([A-Za-z0-9._-]+)==(\\S+).*");
  private static final Pattern UNSOLVABLE = Pattern.compile("(?i)no solution found");
  private static final Pattern BECAUSE = Pattern.compile("Because (.+?), we can conclude");

  private static final Map<String, String> IMPATIENT =
      Map.of("UV_HTTP_RETRIES", "0", "UV_HTTP_TIMEOUT", "10", "UV_HTTP_CONNECT_TIMEOUT", "5");

  private final Uv uv;

  UvProjects(Uv uv) {
    this.uv = uv;
  }

  /**
   * Chooses a version of every package that the project needs, and writes them into {@code
   * uv.lock}; versions that are locked already stay where they can.
   *
   * @throws TidepoolException {@code dependencies-conflict}, {@code lock-failed}
   */
  public void lock(UvProject project, Steps steps) {
    Ended ended = run(project, steps, List.of("lock", "--python", project.python().toString()));
    if (!ended.succeeded()) {
      throw failed("lock-failed", "Cannot choose versions of the Python packages", ended);
    }
  }

  /**
   * Locks as {@link #lock} does, with little patience for the network, and tells whether that
   * succeeded.
   */
  public boolean tryLock(UvProject project, Steps steps) {
    Uv impatient = uv.with(IMPATIENT);
    List<String> arguments = List.of("lock", "--python", project.python().toString());
    return new UvProjects(impatient).run(project, steps, arguments).succeeded();
  }

  /**
   * Installs exactly what is locked, all dependency groups included, and removes everything else.
   * Makes the virtual environment where it is missing.
   *
   * @param kept normalized names of what stays although it is not locked
   * @throws TidepoolException {@code sync-failed}
   */
  public void sync(UvProject project, Set<String> kept, Steps steps) {
    List<String> arguments = new ArrayList<>(sync(project));
    if (!kept.isEmpty()) {
      arguments.add("--inexact");
    }
    Ended ended = run(project, steps, arguments);
    if (ended.succeeded() && !kept.isEmpty()) {
      ended = removeAllBut(kept, project, ended);
    }
    if (!ended.succeeded()) {
      throw failed("sync-failed", "Cannot install the locked Python packages", ended);
    }
  }

  private Ended removeAllBut(Set<String> kept, UvProject project, Ended installed) {
    List<String> names =
        differences(project).stream()
            .filter(each -> each.locked().isEmpty() && !kept.contains(each.name()))
            .map(PackageDifference::name)
            .toList();
    if (names.isEmpty()) {
      return installed;
    }
    List<String> arguments = new ArrayList<>(List.of("pip", "uninstall", "--python"));
    arguments.add(VirtualEnvironment.python(project.venv()).toString());
    arguments.addAll(names);
    return once(project, Steps.silent(), arguments);
  }

  /**
   * What {@link #sync} would change; asks nobody on the network.
   *
   * @throws TidepoolException {@code sync-failed}
   */
  public List<PackageDifference> differences(UvProject project) {
    List<String> arguments = new ArrayList<>(sync(project));
    arguments.addAll(List.of("--dry-run", "--offline"));
    Ended ended = once(project, Steps.silent(), arguments);
    if (!ended.succeeded()) {
      throw failed("sync-failed", "Cannot compare the Python packages with the lock", ended);
    }
    Map<String, PackageDifference> found = new TreeMap<>();
    for (String line : ended.lines()) {
      Matcher matcher = CHANGE.matcher(line);
      if (matcher.matches()) {
        Optional<String> version = Optional.of(matcher.group(3));
        boolean added = matcher.group(1).equals("+");
        String name = matcher.group(2);
        PackageDifference known =
            found.getOrDefault(
                name, new PackageDifference(name, Optional.empty(), Optional.empty()));
        found.put(
            name,
            new PackageDifference(
                name, added ? known.installed() : version, added ? version : known.locked()));
      }
    }
    return List.copyOf(found.values());
  }

  private static List<String> sync(UvProject project) {
    List<String> arguments = new ArrayList<>(List.of("sync", "--frozen", "--all-groups"));
    // An environment keeps the Python that it was made with.
    if (!Files.exists(project.venv())) {
      arguments.addAll(List.of("--python", project.python().toString()));
    }
    return arguments;
  }

  private Ended run(UvProject project, Steps steps, List<String> arguments) {
    Ended ended = once(project, steps, arguments);
    if (ended.succeeded() || !Failures.isNetwork(ended)) {
      return ended;
    }
    List<String> offline = new ArrayList<>(arguments);
    offline.add("--offline");
    Ended again = once(project, steps, offline);
    if (again.succeeded()) {
      steps.note("The package index cannot be reached: the Python packages come from uv's cache.");
      return again;
    }
    return ended;
  }

  private Ended once(UvProject project, Steps steps, List<String> arguments) {
    List<String> command = new ArrayList<>(arguments);
    command.addAll(List.of("--project", project.folder().toString()));
    return uv.run(
        project.folder(),
        steps,
        Map.of(
            "UV_PROJECT_ENVIRONMENT",
            project.venv().toString(),
            "UV_NO_WRAP",
            "1",
            "VIRTUAL_ENV",
            "",
            "UV_PYTHON_DOWNLOADS",
            "never"),
        command);
  }

  private TidepoolException failed(String code, String message, Ended ended) {
    String all = String.join(" ", ended.lines());
    Matcher because = BECAUSE.matcher(all.replaceAll("\\s+", " "));
    if (UNSOLVABLE.matcher(all).find() && because.find() && !Failures.wantsToBuild(ended)) {
      return new TidepoolException(
          ErrorKind.CONFLICT,
          "dependencies-conflict",
          "The Python packages contradict each other: " + because.group(1) + ".",
          "All that uv said is in " + uv.log() + ".");
    }
    return uv.failed(code, message, ended);
  }
}
