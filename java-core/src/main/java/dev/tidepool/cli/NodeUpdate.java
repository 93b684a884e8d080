package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.node.AddRequest;
import dev.tidepool.node.AddedPack;
import dev.tidepool.node.NodePacks;
import dev.tidepool.node.PackUpdate;
import java.util.List;

/** {@code tidepool node update}: the newest states of node packs. */
final class NodeUpdate implements Command {
  private static final String CHECK = "--check";
  private static final String ALL = "--all";

  @Override
  public Syntax syntax() {
    Syntax.Builder syntax =
        Syntax.of(
                "tidepool node update",
                "Update node packs: to the newest version, or the newest commit of their branch.")
            .rest("PACK", "The id or the name of the folder, in any case.")
            .toggle(ALL, "All packs.")
            .toggle(CHECK, "Only say what is newer.");
    return NodeAdd.options(syntax)
        .example("tidepool node update --all --check")
        .example("tidepool node update comfyui-impact-pack")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    List<String> names = arguments.texts(0);
    if (names.isEmpty() && !arguments.has(ALL) && !arguments.has(CHECK)) {
      throw new TidepoolException(
          ErrorKind.USAGE,
          "usage",
          "Which node packs are to be updated?",
          "Name them, or give --all; --check only says what is newer.");
    }
    NodePacks packs = OpenNodes.of(arguments, terminal, "node-update");
    if (arguments.has(CHECK)) {
      print(OpenNodes.work(terminal, steps -> packs.updates(names, steps)), arguments, terminal);
      return ExitCode.DONE;
    }
    AddRequest how =
        new AddRequest(
            List.of(),
            false,
            false,
            !arguments.has(NodeAdd.NO_TEST),
            arguments.has(NodeAdd.DROP_CONSTRAINT),
            arguments.has(NodeAdd.RUN_INSTALL));
    List<AddedPack> updated = OpenNodes.work(terminal, steps -> packs.update(names, how, steps));
    if (updated.isEmpty() && !arguments.json()) {
      terminal.say("Everything is the newest already.");
    }
    OpenNodes.answer(arguments, terminal, updated, "Updated");
    return ExitCode.DONE;
  }

  private static void print(List<PackUpdate> updates, Arguments arguments, Terminal terminal) {
    if (arguments.json()) {
      JsonAnswer.print(terminal, new NodeJson.Updates(updates));
      return;
    }
    Table table = new Table("ID", "HAS", "NEWER");
    for (PackUpdate update : updates) {
      table.row(
          update.id(),
          update.from().map(OpenNodes::shortened).orElse(""),
          update.to().map(OpenNodes::shortened).or(update::reason).orElse("no"));
    }
    if (updates.isEmpty()) {
      terminal.say("No node packs.");
    } else {
      table.print(terminal);
    }
  }
}
