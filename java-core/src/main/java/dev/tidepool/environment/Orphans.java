package dev.tidepool.environment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The uv that a command started and that outlived it: it would go on to change what is being taken
 * back. It is known by its name and by the environment's folder among its arguments; where the
 * system does not tell those (Windows), nothing is found.
 */
final class Orphans {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Orphans() {}

  /** Ends them with all that they started; the environment's lock is held. */
  static void end(Path environment) {
    List<ProcessHandle> found =
        ProcessHandle.allProcesses()
            .filter(process -> isUv(process.info()) && names(process.info(), environment))
            .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process)))
            .toList();
    found.forEach(ProcessHandle::destroyForcibly);
    boolean interrupted = Thread.interrupted();
    try {
      CompletableFuture.allOf(
              found.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException e) {
      System.getLogger("dev.tidepool.environment")
          .log(System.Logger.Level.WARNING, "uv goes on environment={0}", environment);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isUv(ProcessHandle.Info info) {
    return info.command()
        .map(command -> String.valueOf(Path.of(command).getFileName()))
        .filter(name -> name.equals("uv") || name.equals("uv.exe"))
        .isPresent();
  }

  private static boolean names(ProcessHandle.Info info, Path environment) {
    return Arrays.stream(info.arguments().orElse(new String[0]))
        .anyMatch(argument -> argument.startsWith(environment.toString() + "/"));
  }
}
