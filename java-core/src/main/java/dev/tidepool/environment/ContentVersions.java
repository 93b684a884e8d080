package dev.tidepool.environment;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Chooses the versions of the Python packages of an environment with a {@link Content}: those that
 * it prefers, where they can be had together.
 */
final class ContentVersions {
  private static final int MOST_ROUNDS = 12;
  private static final String CONFLICT = "dependencies-conflict";

  private final Environment environment;
  private final Content content;
  private final PythonProject project;
  private final Path python;

  ContentVersions(Environment environment, Content content, PythonProject project, Path python) {
    this.environment = environment;
    this.content = content;
    this.project = project;
    this.python = python;
  }

  /** Writes the manifest and the lock that belongs to it. */
  void choose(Manifest plain, Steps steps) throws IOException {
    steps.begin("Choosing versions of the Python packages");
    Iterator<Manifest> manifests = content.manifests(plain).iterator();
    while (true) {
      Manifest manifest = manifests.next();
      try {
        prefer(manifest, steps);
        byte[] lock = project.testResolution(environment, manifest.text(), python, steps);
        AtomicFiles.write(
            environment.pyproject(), manifest.text().getBytes(StandardCharsets.UTF_8));
        AtomicFiles.write(environment.lock(), lock);
        return;
      } catch (TidepoolException e) {
        if (!e.code().equals(CONFLICT) || !manifests.hasNext()) {
          throw e;
        }
        steps.note(e.text());
        steps.note("Trying again with less that is asked for.");
      }
    }
  }

  /** Makes a lock with the preferred versions, of which uv then keeps what it can. */
  private void prefer(Manifest manifest, Steps steps) throws IOException {
    Map<String, String> wanted = new TreeMap<>();
    content
        .preferred()
        .forEach(
            (name, version) -> wanted.put(name, name + "==" + version.replaceFirst("\\+.*", "")));
    if (wanted.isEmpty() || Files.exists(environment.lock())) {
      return;
    }
    Set<String> given = new TreeSet<>();
    for (int round = 0; round < MOST_ROUNDS && !wanted.isEmpty(); round++) {
      List<String> constraints = new ArrayList<>(manifest.constraints());
      constraints.addAll(wanted.values());
      try {
        String strict = manifest.withConstraints(constraints).text();
        AtomicFiles.write(
            environment.lock(), project.testResolution(environment, strict, python, steps));
        break;
      } catch (TidepoolException e) {
        if (!e.code().equals(CONFLICT)) {
          throw e;
        }
        // What is named stands in the way; the others need not go with it.
        Set<String> named = new TreeSet<>(wanted.keySet());
        named.removeIf(name -> !names(e.text(), String.valueOf(wanted.get(name))));
        given.addAll(named.isEmpty() ? wanted.keySet() : named);
        wanted.keySet().removeAll(given);
      }
    }
    if (!given.isEmpty()) {
      steps.note(
          "Not every version that was installed can be had again; others take the place of "
              + String.join(", ", given)
              + ".");
    }
  }

  /** Whether a text names just this: {@code sea==1.0} is not in {@code deepsea==1.0.1}. */
  private static boolean names(String text, String requirement) {
    return Pattern.compile(
            "(?<![A-Za-z0-9._-])" + Pattern.quote(requirement) + "(?![A-Za-z0-9])(?!\\.[0-9])")
        .matcher(text)
        .find();
  }
}
