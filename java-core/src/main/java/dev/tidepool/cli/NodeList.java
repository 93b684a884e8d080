package dev.tidepool.cli;

import dev.tidepool.manifest.NodeSource;
import dev.tidepool.node.ListedPack;
import java.util.List;
import java.util.Locale;

/** {@code tidepool node list}: the node packs of an environment, and how they are. */
final class NodeList implements Command {
  private static final String DEVELOPMENT = "--dev";
  private static final String REGISTRY = "--registry";

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool node list", "List the node packs of an environment.")
        .toggle(DEVELOPMENT, "Only folders that you work on.")
        .toggle(REGISTRY, "Only packs of the registry.")
        .environment()
        .json()
        .example("tidepool node list --dev")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    List<ListedPack> packs =
        OpenNodes.of(arguments, terminal, "node-list").list().stream()
            .filter(pack -> isWanted(pack, arguments))
            .toList();
    if (arguments.json()) {
      JsonAnswer.print(terminal, new NodeJson.Listed(packs));
    } else if (packs.isEmpty()) {
      terminal.say("No node packs.");
    } else {
      print(packs, terminal);
    }
    return ExitCode.DONE;
  }

  private static boolean isWanted(ListedPack pack, Arguments arguments) {
    NodeSource source = pack.entry().source();
    boolean all = !arguments.has(DEVELOPMENT) && !arguments.has(REGISTRY);
    return all
        || (arguments.has(DEVELOPMENT) && source == NodeSource.DEVELOPMENT)
        || (arguments.has(REGISTRY) && source == NodeSource.REGISTRY);
  }

  private static void print(List<ListedPack> packs, Terminal terminal) {
    Table table = new Table("ID", "FOLDER", "SOURCE", "VERSION", "BRANCH", "STATE");
    for (ListedPack pack : packs) {
      table.row(
          pack.id(),
          pack.entry().name(),
          pack.entry().source().text(),
          version(pack),
          pack.branch().orElse(""),
          pack.state().name().toLowerCase(Locale.ROOT) + (pack.dirty() ? ", not committed" : ""));
    }
    table.print(terminal);
  }

  private static String version(ListedPack pack) {
    boolean development = pack.entry().source() == NodeSource.DEVELOPMENT;
    return (development ? pack.commit().or(() -> pack.entry().version()) : pack.entry().version())
        .map(OpenNodes::shortened)
        .orElse("");
  }
}
