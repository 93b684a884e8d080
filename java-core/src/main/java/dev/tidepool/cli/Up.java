package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.comfyui.Browser;
import dev.tidepool.comfyui.Graphics;
import dev.tidepool.comfyui.Pack;
import dev.tidepool.comfyui.PortReservation;
import dev.tidepool.comfyui.Preparation;
import dev.tidepool.comfyui.Prepared;
import dev.tidepool.comfyui.Server;
import dev.tidepool.comfyui.Source;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PythonTools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code tidepool up}: a ComfyUI with the node pack, from nothing to the browser. */
final class Up implements Command {
  private static final String COMFYUI = "--comfyui";
  private static final String PORT = "--port";
  private static final String NO_BROWSER = "--no-browser";
  private static final String NO_START = "--no-start";
  private static final String CPU = "--cpu";
  private static final Duration TIDYING = Duration.ofSeconds(5);

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool up",
            "Get a ComfyUI, install Tidepool's nodes, start it and open the browser.")
        .rest("ARG", "What ComfyUI's main.py gets, after --.")
        .option(
            COMFYUI,
            "SOURCE",
            "A folder with a ComfyUI, a git URL[@REF], pypi:NAME==VERSION, or a .tar.gz file."
                + " Default: the one that is there, else ComfyUI's newest release.")
        .option(PORT, "N", "Where ComfyUI listens. Default: 8188, else the next free one.")
        .toggle(CPU, "Compute without a graphics card. The default where none is seen.")
        .toggle(NO_BROWSER, "Do not open the browser.")
        .toggle(NO_START, "Prepare everything and start nothing.")
        .workspace()
        .json()
        .example("tidepool up")
        .example("tidepool up --comfyui ~/ComfyUI --no-browser -- --listen 0.0.0.0")
        .example("tidepool up --no-start --json | jq -r .python")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Home home = Home.of(arguments, terminal);
    List<String> rest = rest(arguments);
    Optional<Integer> port = arguments.option(PORT).map(Up::port);
    Optional<Source> source =
        arguments.option(COMFYUI).map(text -> Source.parse(text, terminal.folder()));
    Pack pack = Home.pack();
    ProcessRunner runner = home.runner("up", terminal);
    try {
      boolean cpu =
          arguments.has(CPU) || rest.contains(CPU) || !Graphics.seen(Path.of("/dev"), runner);
      Preparation preparation =
          new Preparation(
              home.folder(), new PythonTools(home.folder(), runner), runner, terminal.clock());
      Prepared prepared;
      try (StepReport steps = new StepReport(terminal)) {
        prepared = preparation.run(source, pack, cpu, steps);
      }
      if (arguments.has(NO_START)) {
        answer(arguments, terminal, prepared, Optional.empty());
        return ExitCode.DONE;
      }
      List<String> forComfyUi = new ArrayList<>(rest);
      if (cpu && !rest.contains(CPU)) {
        forComfyUi.add(CPU);
      }
      try (PortReservation reserved =
          PortReservation.of(port, preparation.folder().resolve(".ports"))) {
        return serve(arguments, terminal, prepared, reserved.port(), forComfyUi, pack, runner);
      }
    } catch (RuntimeException e) {
      if (terminal.interruption().requested()) {
        throw stopped();
      }
      throw e;
    }
  }

  private static int serve(
      Arguments arguments,
      Terminal terminal,
      Prepared prepared,
      int port,
      List<String> forComfyUi,
      Pack pack,
      ProcessRunner runner) {
    terminal.say("Starting ComfyUI " + prepared.comfyUi().version() + " on port " + port);
    terminal.interruption().allow(Server.PATIENCE.plus(TIDYING));
    try (Server server = Server.start(prepared, port, forComfyUi, runner)) {
      try {
        if (!server.awaitReady()) {
          terminal.say("ComfyUI ended before it was ready; its own words are above.");
          return server.awaitEnd();
        }
        URI page = Browser.page(server.address(), pack.example());
        terminal.say("ComfyUI is ready at " + server.address() + " (Ctrl-C stops it)");
        if (arguments.json()) {
          answer(arguments, terminal, prepared, Optional.of(server.address()));
          terminal.out().flush();
        }
        if (arguments.has(NO_BROWSER) || !Browser.open(page, runner)) {
          terminal.say("Open this in your browser: " + page);
        }
        return server.awaitEnd();
      } catch (TidepoolException e) {
        if (terminal.interruption().requested()) {
          // Ctrl-C is how a server is ended: how ComfyUI took it is the answer.
          return server.stop();
        }
        throw e;
      }
    }
  }

  private static void answer(
      Arguments arguments, Terminal terminal, Prepared prepared, Optional<URI> address) {
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(prepared, address));
      return;
    }
    terminal.say("ComfyUI " + prepared.comfyUi().version() + " is ready to start.");
    terminal.out().println(PrintableText.of(prepared.comfyUi().folder().toString()));
  }

  private static List<String> rest(Arguments arguments) {
    List<String> rest = arguments.texts(0);
    if (!rest.isEmpty() && !rest.get(0).startsWith("-")) {
      throw usage(
          "ComfyUI takes no argument like " + rest.get(0) + ".",
          "A folder or a source of ComfyUI is named with --comfyui.");
    }
    if (rest.contains(PORT)) {
      throw usage("The port is named before the --.", "tidepool up --port N");
    }
    return rest;
  }

  static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 1 << 16) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw usage("No port: " + text + ".", "A port is a number from 1 to 65535.");
  }

  private static TidepoolException usage(String message, String hint) {
    return new TidepoolException(ErrorKind.USAGE, "usage", message, hint);
  }

  private static TidepoolException stopped() {
    return new TidepoolException(
        ErrorKind.STOPPED,
        "stopped",
        "Stopped before ComfyUI was ready.",
        "The same command goes on from here.");
  }

  private record Body(Prepared prepared, Optional<URI> address) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeStringField("comfyui", prepared.comfyUi().folder().toString());
      generator.writeStringField("python", prepared.python().toString());
      generator.writeStringField("source", prepared.source());
      generator.writeStringField("version", prepared.comfyUi().version());
      if (address.isPresent()) {
        generator.writeStringField("url", address.get().toString());
      }
      generator.writeEndObject();
    }
  }
}
