package dev.tidepool.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that is in the middle of a change until it reads a line. */
public final class HeldChange {
  private HeldChange() {}

  /** Argument: the environment's folder. */
  public static void main(String[] arguments) throws IOException {
    Environment environment = ChangeScenario.at(Path.of(arguments[0]), new Disk());
    Change.of(
        environment,
        "first",
        change -> {
          change.write(environment.pyproject(), "first".getBytes(StandardCharsets.UTF_8));
          System.out.println("inside");
          return System.in.read();
        });
  }
}
