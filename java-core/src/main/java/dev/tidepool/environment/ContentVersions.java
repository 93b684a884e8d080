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

/**
 * Chooses the versions of the Python packages of an environment with a {@link Content}: those that
 * it prefers, where they can be had together.
 */
final class ContentVersions {
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
    if (content.preferred().isEmpty() || Files.exists(environment.lock())) {
      return;
    }
    List<String> constraints = new ArrayList<>(manifest.constraints());
    content
        .preferred()
        .forEach(
            (name, version) -> constraints.add(name + "==" + version.replaceFirst("\\+.*", "")));
    try {
      Manifest strict = manifest.withConstraints(constraints);
      AtomicFiles.write(
          environment.lock(), project.testResolution(environment, strict.text(), python, steps));
    } catch (TidepoolException e) {
      if (!e.code().equals(CONFLICT) && !e.code().equals("lock-failed")) {
        throw e;
      }
      steps.note("Not every version that was installed can be had again; others take their place.");
    }
  }
}
