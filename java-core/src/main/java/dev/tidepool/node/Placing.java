package dev.tidepool.node;

import dev.tidepool.environment.Change;
import dev.tidepool.environment.Environment;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.nodepack.PackNeeds;
import dev.tidepool.nodepack.RequirementScan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts packs into their places, all together or none: first everything is found out, then done. */
final class Placing {
  private final Environment environment;
  private final NodeTools tools;
  private final Questions questions;
  private final AddRequest how;

  Placing(Environment environment, NodeTools tools, Questions questions, AddRequest how) {
    this.environment = environment;
    this.tools = tools;
    this.questions = questions;
    this.how = how;
  }

  /** A pack with its files unpacked, or where they are. */
  private record Ready(Incoming incoming, Path files, PackNeeds needs) {}

  /** The manifest and the lock that everything leads to. */
  private record Outcome(Manifest manifest, Optional<byte[]> lock) {}

  List<AddedPack> place(String what, Manifest manifest, List<Incoming> all, Steps steps) {
    new Downloads(tools.packs())
        .fetch(all.stream().flatMap(each -> each.pack().stream()).toList(), steps);
    try (Prepared prepared = Prepared.in(environment)) {
      List<Ready> ready = new ArrayList<>();
      for (Incoming each : all) {
        ready.add(ready(each, prepared, steps));
      }
      Outcome outcome = resolve(manifest, ready, steps);
      Map<String, List<String>> scripts = scripts(ready);
      steps.begin("Changing " + environment.name());
      Change.of(
          environment,
          what,
          change -> {
            requireSame(environment, manifest);
            apply(change, ready, outcome);
            if (outcome.lock().isPresent() || !scripts.isEmpty()) {
              change.python(() -> python(outcome, scripts, steps));
            }
            return true;
          });
      return ready.stream().map(each -> added(each, manifest, scripts)).toList();
    }
  }

  private Ready ready(Incoming incoming, Prepared prepared, Steps steps) {
    Path files =
        incoming
            .pack()
            .map(pack -> prepared.unpacked(pack, tools.packs(), steps))
            .orElseGet(() -> inPlace(incoming));
    PackNeeds needs = RequirementScan.of(files);
    needs.notes().forEach(note -> steps.note(incoming.entry().name() + ": " + note));
    return new Ready(incoming, files, needs);
  }

  /** Where a folder that the user works on is now, before it gets its name back. */
  private Path inPlace(Incoming incoming) {
    Path place = new CustomNodes(environment.customNodes()).place(incoming.entry().name());
    for (Clearing clearing : incoming.clearings()) {
      if (clearing instanceof Clearing.Renamed renamed && renamed.to().equals(place)) {
        return renamed.from();
      }
    }
    return place;
  }

  private Outcome resolve(Manifest before, List<Ready> ready, Steps steps) {
    Manifest after = before;
    Set<String> groups = new LinkedHashSet<>();
    for (Ready each : ready) {
      after = each.incoming().in(after, each.needs());
      groups.add(each.incoming().group());
    }
    Resolution resolution = new Resolution(environment, tools);
    try {
      return new Outcome(after, resolution.of(before, after, steps));
    } catch (TidepoolException e) {
      if (!e.code().equals("dependencies-conflict")) {
        throw e;
      }
      Contradiction contradiction = new Contradiction(after, owners(after), e);
      Conflict conflict = contradiction.conflict();
      boolean possible = !contradiction.packages().isEmpty();
      if (possible && (how.loosen() || questions.choose(conflict).isPresent())) {
        Manifest looser = contradiction.loosened(groups);
        return new Outcome(looser, resolution.of(before, looser, steps));
      }
      if (!how.test()) {
        steps.note(conflict.message() + " Nothing was installed, since --no-test was given.");
        return new Outcome(after, Optional.empty());
      }
      throw conflict.error(hints(possible, e));
    }
  }

  private static String[] hints(boolean possible, TidepoolException said) {
    List<String> hints = new ArrayList<>();
    if (possible) {
      hints.add(
          "To let the new packs do with any version of these packages, add --drop-constraint.");
    }
    hints.add("Or choose other versions of the packs: ID@VERSION.");
    hints.addAll(said.hints());
    return hints.toArray(String[]::new);
  }

  private static Map<String, String> owners(Manifest manifest) {
    Map<String, String> owners = new HashMap<>();
    manifest
        .nodes()
        .forEach(
            (id, entry) ->
                manifest.groupOf(id).ifPresent(group -> owners.put(group, entry.name())));
    return owners;
  }

  /** The scripts that are to run, by the name of the pack's folder. */
  private Map<String, List<String>> scripts(List<Ready> ready) {
    Map<String, List<String>> scripts = new LinkedHashMap<>();
    for (Ready each : ready) {
      String name = each.incoming().entry().name();
      if (each.needs().scripts().contains(InstallScripts.NAME)
          && (how.runScripts() || questions.mayRun(name, InstallScripts.NAME))) {
        scripts.put(name, List.of(InstallScripts.NAME));
      }
    }
    return scripts;
  }

  static void requireSame(Environment environment, Manifest manifest) {
    if (!Manifest.read(environment.pyproject()).text().equals(manifest.text())) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "environment-changed",
          "Another program changed " + environment.name() + " in the meantime.",
          "Try again.");
    }
  }

  private void apply(Change change, List<Ready> ready, Outcome outcome) throws IOException {
    CustomNodes folder = new CustomNodes(environment.customNodes());
    for (Ready each : ready) {
      for (Clearing clearing : each.incoming().clearings()) {
        clearing.apply(change);
      }
      if (each.incoming().pack().isPresent()) {
        // Into the change's own folder first, which stays until all is taken back.
        Path staged = change.staging().resolve("pack-" + each.incoming().group());
        Files.move(each.files(), staged, StandardCopyOption.ATOMIC_MOVE);
        change.put(folder.place(each.incoming().entry().name()), staged);
      }
    }
    Map<Path, byte[]> files = new LinkedHashMap<>();
    files.put(environment.pyproject(), outcome.manifest().text().getBytes(StandardCharsets.UTF_8));
    outcome.lock().ifPresent(lock -> files.put(environment.lock(), lock));
    change.write(files);
  }

  private void python(Outcome outcome, Map<String, List<String>> scripts, Steps steps)
      throws IOException {
    if (outcome.lock().isPresent()) {
      steps.begin("Installing Python packages");
      tools.python().sync(environment, steps);
    }
    for (Map.Entry<String, List<String>> each : scripts.entrySet()) {
      steps.begin("Running " + String.join(", ", each.getValue()) + " of " + each.getKey());
      StorageFailures.translate(
          "run the scripts of " + each.getKey(),
          () -> {
            new InstallScripts(environment, tools.runner()).run(each.getKey());
            return true;
          });
    }
  }

  private static AddedPack added(Ready ready, Manifest before, Map<String, List<String>> scripts) {
    NodeEntry entry = ready.incoming().entry();
    List<String> notes = new ArrayList<>(ready.needs().notes());
    for (String script : ready.needs().scripts()) {
      if (!scripts.getOrDefault(entry.name(), List.of()).contains(script)) {
        notes.add("The pack has a script " + script + ", which did not run.");
      }
    }
    Optional<String> version =
        ready
            .incoming()
            .replaces()
            .flatMap(id -> Optional.ofNullable(before.nodes().get(id)))
            .flatMap(NodeEntry::version);
    return new AddedPack(
        ready.incoming().id(), entry, version, ready.needs().requirements(), notes);
  }
}
