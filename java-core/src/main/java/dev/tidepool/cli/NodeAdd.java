package dev.tidepool.cli;

import dev.tidepool.node.AddRequest;
import dev.tidepool.node.AddedPack;
import dev.tidepool.node.NodePacks;
import java.util.List;

/** {@code tidepool node add}: node packs with the Python packages that they need. */
final class NodeAdd implements Command {
  private static final String DEVELOPMENT = "--dev";
  private static final String FORCE = "--force";
  static final String NO_TEST = "--no-test";
  static final String DROP_CONSTRAINT = "--drop-constraint";
  static final String RUN_INSTALL = "--run-install";

  @Override
  public Syntax syntax() {
    Syntax.Builder syntax =
        Syntax.of("tidepool node add", "Add node packs to an environment, all or none of them.")
            .parameters(
                "PACK",
                "ID or ID@VERSION of the registry, a git URL or URL@REF, or a folder with --dev.")
            .toggle(DEVELOPMENT, "Track a folder in custom_nodes that you work on.")
            .toggle(FORCE, "What is in the way goes to the environment's trash.");
    return options(syntax)
        .example("tidepool node add comfyui-impact-pack")
        .example("tidepool node add rgthree-comfy@1.0.0 https://github.com/me/my-nodes@main")
        .example("tidepool node add my-nodes --dev")
        .build();
  }

  /** What adding and updating have in common. */
  static Syntax.Builder options(Syntax.Builder syntax) {
    return syntax
        .toggle(NO_TEST, "Add also packs whose packages contradict others; installs none then.")
        .toggle(
            DROP_CONSTRAINT,
            "When packages contradict each other, the new packs do with any version of them.")
        .toggle(RUN_INSTALL, "Run the packs' own install.py.")
        .toggle(OpenNodes.NEVER_ASK, "Never ask.")
        .environment()
        .json();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    NodePacks packs = OpenNodes.of(arguments, terminal, "node-add");
    AddRequest request =
        new AddRequest(
            arguments.texts(0),
            arguments.has(DEVELOPMENT),
            arguments.has(FORCE),
            !arguments.has(NO_TEST),
            arguments.has(DROP_CONSTRAINT),
            arguments.has(RUN_INSTALL));
    List<AddedPack> added = OpenNodes.work(terminal, steps -> packs.add(request, steps));
    OpenNodes.answer(arguments, terminal, added, "Added");
    return ExitCode.DONE;
  }
}
