package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.environment.WorkspaceFile;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.model.ComfyUiModels;
import dev.tidepool.model.IndexReport;
import dev.tidepool.model.IndexReport.Unreadable;
import dev.tidepool.model.IndexedRoot;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.model.ModelRoot;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code tidepool models index}. A file that cannot be read is told and does not make it fail; a
 * folder that was named and is not there does.
 */
final class ModelsIndex implements Command {
  private static final String COMFYUI = "--comfyui";
  private static final String FULL = "--full";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool models index",
            "Find the models in folders, and what has changed since the last time.")
        .rest(
            "DIR",
            "Folders with models. Default: all that were indexed before, else the workspace's.")
        .fileOption(
            COMFYUI, "DIR", "A ComfyUI: its models folder, and those in extra_model_paths.yaml.")
        .toggle(FULL, "Also read every model whole once, to find it by its SHA-256 or BLAKE3.")
        .workspace()
        .json()
        .example("tidepool models index ~/ComfyUI/models /data/more-models")
        .example("tidepool models index --comfyui ~/ComfyUI")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    try (ModelIndex index = OpenModels.toWrite(arguments, terminal)) {
      List<Path> missing = new ArrayList<>();
      List<ModelRoot> roots = roots(index, arguments, terminal, missing);
      IndexReport report = index(index, roots, terminal);
      for (Path each : missing) {
        terminal.say("warning: " + each + " in extra_model_paths.yaml is not there.");
      }
      if (arguments.has(FULL)) {
        report =
            report.with(stoppable(() -> LongWork.run(terminal, "Reading models", index::digest)));
      }
      if (arguments.json()) {
        JsonAnswer.print(terminal, new Body(report));
      }
      print(report, terminal);
      return report.unavailable().isEmpty() ? ExitCode.DONE : ExitCode.FAILURE;
    }
  }

  private static List<ModelRoot> roots(
      ModelIndex index, Arguments arguments, Terminal terminal, List<Path> missing) {
    List<ModelRoot> roots = new ArrayList<>();
    for (Path folder : arguments.paths(0, terminal)) {
      roots.add(ModelRoot.of(Folders.real(folder).normalize()));
    }
    if (!roots.isEmpty() && !arguments.has(COMFYUI)) {
      return roots;
    }
    List<IndexedRoot> known = index.roots();
    if (arguments.has(COMFYUI)) {
      Path comfyUi = terminal.path(arguments.option(COMFYUI).orElse("")).normalize();
      List<ModelRoot> found = ComfyUiModels.of(comfyUi, terminal.environment());
      roots.add(found.get(0));
      for (ModelRoot extra : found.subList(1, found.size())) {
        // ComfyUI too goes on without a folder of this file that is not there.
        if (Files.isDirectory(extra.path()) || isKnown(extra, known)) {
          roots.add(extra);
        } else {
          missing.add(extra.path());
        }
      }
    }
    if (roots.isEmpty() && known.isEmpty()) {
      roots.add(ofWorkspace(arguments, terminal));
    }
    return roots;
  }

  private static ModelRoot ofWorkspace(Arguments arguments, Terminal terminal) {
    Workspace workspace = Home.of(arguments, terminal).workspace();
    Path models = new WorkspaceFile(workspace, new StoreLocks(), terminal.clock()).modelsFolder();
    if (!Files.isDirectory(models)) {
      throw new TidepoolException(
          ErrorKind.USAGE,
          "usage",
          "Which folder? None has been indexed so far.",
          "tidepool models index DIR, such as ComfyUI/models");
    }
    return ModelRoot.of(Folders.real(models).normalize());
  }

  private static boolean isKnown(ModelRoot root, List<IndexedRoot> known) {
    return known.stream().anyMatch(one -> one.path().equals(root.path()));
  }

  private static IndexReport index(ModelIndex index, List<ModelRoot> roots, Terminal terminal) {
    return stoppable(
        () ->
            LongWork.run(
                terminal, "Indexing", progress -> index.index(roots, new Expecting(progress))));
  }

  /** With the quick compiler alone, reading much would take ten times as long. */
  private record Expecting(Progress progress) implements Progress {
    @Override
    public void total(long units) {
      // Files whose keys agree are read whole besides, and which do is not known yet.
      FullCompiler.expect(2 * units);
      progress.total(units);
    }

    @Override
    public void more(long units) {
      progress.more(units);
    }

    @Override
    public void advance(long units) {
      progress.advance(units);
    }
  }

  private static <T> T stoppable(Supplier<T> work) {
    try {
      return work.get();
    } catch (TidepoolException e) {
      if (e.kind() != ErrorKind.STOPPED) {
        throw e;
      }
      throw new TidepoolException(
          e,
          ErrorKind.STOPPED,
          "stopped",
          "Stopped before every model was read; what was read is kept.",
          "tidepool models index goes on from there.");
    }
  }

  private static void print(IndexReport report, Terminal terminal) {
    StringBuilder line = new StringBuilder();
    line.append("Indexed ").append(count(report.files(), "model"));
    line.append(": ").append(report.added()).append(" new, ");
    line.append(report.changed()).append(" changed, ");
    line.append(report.moved()).append(" moved, ").append(report.gone()).append(" gone; ");
    line.append(Sizes.text(report.hashedBytes())).append(" read.");
    terminal.say(line.toString());
    if (report.collisions() > 0) {
      terminal.say(
          count(report.collisions(), "model")
              + " with another's quick hash got a longer key, since the contents differ.");
    }
    for (Unreadable unreadable : report.unreadable()) {
      terminal.say("warning: Cannot read " + unreadable.path() + ": " + unreadable.reason() + ".");
    }
    for (Path path : report.unavailable()) {
      terminal.say(
          "warning: "
              + path
              + " is not there or empty, and had models; they stay in the index unmarked.");
      terminal.say(
          "hint: Mount it and index again, or forget it: tidepool models prune --root " + path);
    }
    if (report.gone() > 0) {
      terminal.say("hint: tidepool models list --missing shows what is gone.");
    }
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private record Body(IndexReport report) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      writePaths(generator, "roots", report.roots());
      generator.writeNumberField("models", report.files());
      generator.writeNumberField("added", report.added());
      generator.writeNumberField("changed", report.changed());
      generator.writeNumberField("moved", report.moved());
      generator.writeNumberField("gone", report.gone());
      generator.writeNumberField("collisions", report.collisions());
      generator.writeNumberField("bytes", report.hashedBytes());
      generator.writeArrayFieldStart("unreadable");
      for (Unreadable unreadable : report.unreadable()) {
        generator.writeStartObject();
        generator.writeStringField("path", unreadable.path().toString());
        generator.writeStringField("reason", unreadable.reason());
        generator.writeEndObject();
      }
      generator.writeEndArray();
      writePaths(generator, "unavailable", report.unavailable());
      generator.writeEndObject();
    }

    private static void writePaths(JsonGenerator generator, String name, List<Path> paths)
        throws IOException {
      generator.writeArrayFieldStart(name);
      for (Path path : paths) {
        generator.writeString(path.toString());
      }
      generator.writeEndArray();
    }
  }
}
