package dev.tidepool.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Runs typical commands so that the JVM learns which classes they load. The launcher starts it once
 * per Java version, with an empty folder to work in, when it makes the archive for a fast start.
 */
public final class Training {
  private static final List<String> COMMANDS =
      List.of(
          "profile create Sea",
          "profile list",
          "profile list --json",
          "profile rename Sea Ocean",
          "pool list Ocean",
          "pool list Ocean --json",
          "profile export Ocean ocean.zip",
          "profile import ocean.zip",
          "profile delete Ocean",
          "profile delete nothing --json",
          "profile list --help",
          "--help",
          "nothing");

  private Training() {}

  /** Takes one argument: the folder to work in. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Interruption interruption = Interruption.of(Thread.currentThread());
    Terminal.ofProcess(interruption).flush();
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(
            nowhere,
            nowhere,
            Map.of("TIDEPOOL_BASE", folder.resolve("base").toString()),
            folder,
            folder,
            Clock.systemUTC(),
            false,
            false,
            Interruption.none());
    Dispatcher dispatcher = new Dispatcher(terminal);
    for (String command : COMMANDS) {
      dispatcher.run(command.split(" "));
    }
    interruption.finished(ExitCode.DONE);
  }
}
