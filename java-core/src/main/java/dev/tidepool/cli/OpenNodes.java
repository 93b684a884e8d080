package dev.tidepool.cli;

import dev.tidepool.environment.Environment;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.node.AddedPack;
import dev.tidepool.node.NodePacks;
import dev.tidepool.node.NodeTools;
import dev.tidepool.node.Questions;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PythonTools;
import java.util.List;
import java.util.function.Function;

/** The node packs of the environment that a command works on. */
final class OpenNodes {
  static final String NEVER_ASK = "--no-interactive";

  private OpenNodes() {}

  static NodePacks of(Arguments arguments, Terminal terminal, String command) {
    Environment environment = OpenEnvironment.named(arguments, terminal);
    Home home = Home.of(arguments, terminal);
    ProcessRunner runner = home.runner(command, terminal);
    Packs packs =
        Packs.of(home.workspace(), terminal.environment(), new StoreLocks(), terminal.clock());
    NodeTools tools =
        new NodeTools(
            packs,
            new PythonProject(new PythonTools(home.folder(), runner)),
            home.workspace().cache().resolve("resolutions"),
            runner);
    return new NodePacks(environment, tools, questions(arguments, terminal));
  }

  /** Does the work, showing its steps; the user can stop it. */
  static <T> T work(Terminal terminal, Function<Steps, T> work) {
    try (StepReport steps = new StepReport(terminal)) {
      return work.apply(steps);
    } catch (RuntimeException e) {
      throw terminal.interruption().requested() ? Interruption.stopped() : e;
    }
  }

  /** Tells about packs that were added or updated. */
  static void answer(Arguments arguments, Terminal terminal, List<AddedPack> packs, String done) {
    if (arguments.json()) {
      JsonAnswer.print(terminal, new NodeJson.Added(packs));
      return;
    }
    for (AddedPack pack : packs) {
      String version = pack.entry().version().map(v -> " " + shortened(v)).orElse("");
      String before = pack.before().map(v -> " (was " + shortened(v) + ")").orElse("");
      terminal.say(done + " " + pack.entry().name() + version + before + ".");
      pack.notes().forEach(note -> terminal.say("  " + note));
    }
  }

  static String shortened(String version) {
    return version.matches("[0-9a-f]{40}") ? version.substring(0, 8) : version;
  }

  private static Questions questions(Arguments arguments, Terminal terminal) {
    boolean asks = terminal.canAsk() && !arguments.has(NEVER_ASK) && !arguments.json();
    return asks ? new NodeQuestions(terminal) : Questions.none();
  }
}
