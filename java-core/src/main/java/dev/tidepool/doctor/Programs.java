package dev.tidepool.doctor;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The programs on the path. */
final class Programs {
  private final ProcessRunner runner;

  Programs(ProcessRunner runner) {
    this.runner = runner;
  }

  /** The first of these names that is on the path. */
  Optional<Path> find(String... names) {
    return runner.find(names);
  }

  /** Runs a program; one that cannot be started has failed. */
  Ended run(Path program, String... arguments) {
    Job job = Job.in(Path.of("").toAbsolutePath(), List.of(program.toString())).with(arguments);
    try {
      return runner.run(job);
    } catch (TidepoolException e) {
      if (e.code().equals("program-unusable")) {
        return new Ended(1, List.of(e.text()));
      }
      throw e;
    }
  }

  /** The first line that a program prints. */
  Optional<String> firstLine(Path program, String... arguments) {
    Ended ended = run(program, arguments);
    return ended.succeeded()
        ? ended.lines().stream().filter(line -> !line.isBlank()).findFirst()
        : Optional.empty();
  }
}
