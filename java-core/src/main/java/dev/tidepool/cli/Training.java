package dev.tidepool.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
          "models index models",
          "models index",
          "models list",
          "models list --json",
          "models show models/checkpoints/1.safetensors",
          "models show models/checkpoints/2.safetensors --json",
          "models list --verify",
          "models prune",
          "list",
          "log --env training",
          "log --env training --json",
          "diff --env training",
          "diff v1 v2 --env training --json",
          "profile list --help",
          "--help",
          "nothing");

  private static final int MODELS = 32;

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
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            Map.of(
                "TIDEPOOL_BASE",
                folder.resolve("base").toString(),
                "TIDEPOOL_HOME",
                folder.resolve("home").toString()),
            folder,
            folder,
            Clock.systemUTC(),
            false,
            false,
            false,
            Interruption.none());
    makeModels(folder.resolve("models").resolve("checkpoints"));
    TrainingEnvironment.make(folder.resolve("home"));
    Dispatcher dispatcher = new Dispatcher(terminal);
    for (String command : COMMANDS) {
      dispatcher.run(command.split(" "));
    }
    interruption.finished(ExitCode.DONE);
  }

  /** Enough for the JVM to learn also how hashing goes, which an archive of Java 25 keeps. */
  private static void makeModels(Path folder) throws IOException {
    Files.createDirectories(folder);
    byte[] content = new byte[1 << 20];
    for (int i = 0; i < MODELS; i++) {
      content[i] = 1;
      Files.write(folder.resolve(i + ".safetensors"), content);
    }
  }
}
