package dev.tidepool.cli;

import dev.tidepool.node.NodePacks;
import dev.tidepool.node.RemovedPack;
import java.util.List;

/** {@code tidepool node remove}: takes node packs out, and loses nothing of the user's. */
final class NodeRemove implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool node remove", "Remove node packs from an environment.")
        .parameters("PACK", "The id or the name of the folder, in any case.")
        .environment()
        .json()
        .example("tidepool node remove comfyui-impact-pack")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    NodePacks packs = OpenNodes.of(arguments, terminal, "node-remove");
    List<RemovedPack> removed =
        OpenNodes.work(terminal, steps -> packs.remove(arguments.texts(0), steps));
    if (arguments.json()) {
      JsonAnswer.print(terminal, new NodeJson.Removed(removed));
      return ExitCode.DONE;
    }
    for (RemovedPack pack : removed) {
      terminal.say("Removed " + pack.entry().name() + ": " + fate(pack) + ".");
    }
    return ExitCode.DONE;
  }

  private static String fate(RemovedPack pack) {
    return switch (pack.fate()) {
      case DISABLED ->
          "your folder is kept as "
              + pack.entry().name()
              + ".disabled; tidepool node add "
              + pack.entry().name()
              + " --dev brings it back";
      case DELETED -> "the cache still has it";
      case TRASHED -> "it had been changed, and is in the environment's trash";
      case MISSING -> "its folder was not there";
    };
  }
}
