package dev.tidepool.cli;

import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.comfyui.Graphics;
import dev.tidepool.comfyui.Pack;
import dev.tidepool.comfyui.PortReservation;
import dev.tidepool.comfyui.Prepared;
import dev.tidepool.comfyui.Server;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.EnvironmentState;
import dev.tidepool.environment.Environments;
import dev.tidepool.environment.Running;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.process.RotatingLog;
import dev.tidepool.python.VirtualEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code tidepool run}: starts the ComfyUI of an environment, and ends with its exit code. */
final class Run implements Command {
  private static final String PORT = "--port";
  private static final String CPU = "--cpu";
  private static final Duration TIDYING = Duration.ofSeconds(5);

  /** Any of these says what ComfyUI is to compute on. */
  private static final List<String> DEVICES =
      List.of(CPU, "--directml", "--cuda-device", "--gpu-only", "--oneapi-device-selector");

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool run", "Start the ComfyUI of an environment; Ctrl-C ends it.")
        .passedOn("ARG", "What ComfyUI's main.py gets: every argument that is not named here.")
        .option(PORT, "N", "Where ComfyUI listens. Default: 8188, else the next free one.")
        .environment()
        .example("tidepool run")
        .example("tidepool run -e work --port 8200 --listen 0.0.0.0 --preview-method auto")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Home home = Home.of(arguments, terminal);
    Optional<Integer> port = arguments.option(PORT).map(Up::port);
    Environments environments = OpenEnvironment.all(arguments, terminal);
    Environment environment = environments.runnable(arguments.option(Syntax.ENVIRONMENT));
    ProcessRunner runner = home.runner("run", terminal);
    Path python = VirtualEnvironment.python(environment.venv());
    if (!VirtualEnvironment.isUsable(environment.venv())) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "environment-python-missing",
          "The environment " + environment.name() + " has no Python that works.",
          "tidepool rollback brings its packages back.");
    }
    if (environments.state(environment) == EnvironmentState.COMPLETE) {
      linkModels(environments, environment, terminal);
    }
    Prepared prepared = new Prepared(ComfyUi.in(environment.comfyUi()), python, environment.name());
    try (Running running = Running.of(environment);
        PortReservation reserved =
            PortReservation.of(port, home.workspace().metadata().resolve("ports"))) {
      assert running != null;
      offerNodes(environment, terminal);
      if (port.isEmpty() && reserved.port() != PortReservation.DEFAULT) {
        terminal.say("Port " + PortReservation.DEFAULT + " is in use: taking " + reserved.port());
      }
      List<String> forComfyUi = arguments(arguments.texts(0), runner, terminal);
      RotatingLog log =
          StorageFailures.translate(
              "write the log",
              () -> new RotatingLog(home.workspace().environmentLog(environment.name())));
      return serve(
          Server.start(prepared, reserved.port(), forComfyUi, runner, log), prepared, terminal);
    }
  }

  /** Models that are out of reach are no reason not to start. */
  private static void linkModels(
      Environments environments, Environment environment, Terminal terminal) {
    try (StepReport steps = new StepReport(terminal)) {
      environments.linkModels(environment, steps);
    } catch (TidepoolException e) {
      terminal.say("warning: " + e.text());
    }
  }

  /** Once, to a person: Tidepool's own nodes are not in an environment unless it is asked for. */
  private static void offerNodes(Environment environment, Terminal terminal) {
    Path nodes = environment.customNodes().resolve(Pack.NAME);
    Path pack = Path.of(System.getProperty("tidepool.pack", ""));
    if (terminal.canAsk()
        && Files.isDirectory(pack)
        && !Files.exists(nodes)
        && environment.offersNodes()) {
      terminal.say("hint: tidepool node add '" + pack + "' --dev adds Tidepool's image pools.");
    }
  }

  private static List<String> arguments(
      List<String> given, ProcessRunner runner, Terminal terminal) {
    List<String> all = new ArrayList<>(given);
    if (given.stream().noneMatch(DEVICES::contains) && !Graphics.seen(Path.of("/dev"), runner)) {
      terminal.say("No graphics card is seen: starting with --cpu");
      all.add(CPU);
    }
    return all;
  }

  private static int serve(Server started, Prepared prepared, Terminal terminal) {
    terminal.say("Starting ComfyUI " + prepared.comfyUi().version() + " of " + prepared.source());
    terminal.interruption().allow(Server.PATIENCE.plus(TIDYING));
    try (Server server = started) {
      try {
        if (!server.awaitReady()) {
          terminal.say("ComfyUI ended before it was ready; its own words are above.");
          return server.awaitEnd();
        }
        terminal.say("ComfyUI is ready at " + server.address() + " (Ctrl-C stops it)");
        return server.awaitEnd();
      } catch (TidepoolException e) {
        if (terminal.interruption().requested()) {
          return server.stop();
        }
        throw e;
      }
    }
  }
}
