package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Texts;
import dev.tidepool.model.IndexedFile;
import dev.tidepool.model.IndexedModel;
import dev.tidepool.model.IndexedRoot;
import dev.tidepool.model.ModelIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The index of models that a command works on, and what commands say about it. */
final class OpenModels {
  private static final int MOST_CANDIDATES = 5;

  private OpenModels() {}

  /** Opens the workspace's index, which is made when it is missing. */
  static ModelIndex toWrite(Arguments arguments, Terminal terminal) {
    return told(ModelIndex.open(database(arguments, terminal), terminal.clock()), terminal);
  }

  /** Opens the workspace's index to look something up; one that is missing is empty. */
  static ModelIndex toRead(Arguments arguments, Terminal terminal) {
    return told(ModelIndex.openToRead(database(arguments, terminal), terminal.clock()), terminal);
  }

  private static Path database(Arguments arguments, Terminal terminal) {
    return Home.of(arguments, terminal).workspace().modelIndex();
  }

  private static ModelIndex told(ModelIndex index, Terminal terminal) {
    index.notes().forEach(note -> terminal.say("warning: " + note));
    return index;
  }

  /** Says which folders were not looked through to their end. */
  static List<Path> tellIncomplete(ModelIndex index, Terminal terminal) {
    List<Path> incomplete = new ArrayList<>();
    for (IndexedRoot root : index.roots()) {
      if (!root.complete()) {
        incomplete.add(root.path());
        terminal.say("warning: " + root.path() + " was not indexed to the end; files may lack.");
      }
      if (!root.available()) {
        terminal.say("warning: " + root.path() + " is not there now.");
      }
    }
    if (!incomplete.isEmpty()) {
      terminal.say("hint: tidepool models index goes on from there.");
    }
    return incomplete;
  }

  /**
   * The one model that the user named by the beginning of a hash, or by a path.
   *
   * @throws TidepoolException {@code model-not-found}, {@code model-ambiguous}
   */
  static IndexedModel find(ModelIndex index, String named, Terminal terminal) {
    List<IndexedModel> models = index.find(named);
    if (models.isEmpty()) {
      models = at(index, named, terminal);
    }
    if (models.isEmpty()) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "model-not-found",
          "No model in the index has the hash or the path " + Texts.quoted(named) + ".",
          "tidepool models list shows the models there are.");
    }
    if (models.size() > 1) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "model-ambiguous",
          Texts.quoted(named) + " may be one of " + models.size() + " models.",
          candidates(models));
    }
    return models.get(0);
  }

  private static String[] candidates(List<IndexedModel> models) {
    return models.stream()
        .limit(MOST_CANDIDATES)
        .map(model -> model.key() + "  " + name(model))
        .toArray(String[]::new);
  }

  private static String name(IndexedModel model) {
    return model.files().isEmpty() ? "(no file)" : model.files().get(0).fullPath();
  }

  private static List<IndexedModel> at(ModelIndex index, String named, Terminal terminal) {
    Path path = terminal.path(named).normalize();
    Path real = Folders.real(path);
    List<String> keys = new ArrayList<>();
    for (IndexedFile file : index.files()) {
      if ((file.path().equals(path) || file.path().equals(real) || file.fullPath().equals(named))
          && !keys.contains(file.key())) {
        keys.add(file.key());
      }
    }
    List<IndexedModel> models = new ArrayList<>();
    keys.forEach(key -> index.model(key).ifPresent(models::add));
    return models;
  }
}
