package dev.tidepool.harness.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.harness.ComfyApi;
import dev.tidepool.harness.golden.GoldenException;
import dev.tidepool.harness.golden.Verdict;
import dev.tidepool.harness.golden.WorkflowFiles;
import dev.tidepool.harness.golden.WorkflowTest;
import dev.tidepool.harness.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code tidepool workflow test}. */
final class WorkflowTestCommand {
  private final Terminal terminal;
  private final Interruption interruption;

  WorkflowTestCommand(Terminal terminal, Interruption interruption) {
    this.terminal = terminal;
    this.interruption = interruption;
  }

  /** Runs a command line, and answers its {@link ExitCode}. */
  int run(List<String> arguments) {
    if (Options.wantHelp(arguments)) {
      Options.help(terminal.out(), terminal.coloursOut());
      return ExitCode.DONE;
    }
    try {
      return run(Options.parse(arguments, terminal.folder()));
    } catch (CommandException e) {
      return failed(arguments, stoppedOr(e));
    } catch (GoldenException e) {
      CommandException failure =
          new CommandException(
              ExitCode.FAILURE, "golden", String.valueOf(e.getMessage()), e.hints());
      return failed(arguments, stoppedOr(failure));
    } catch (RuntimeException | Error e) {
      if (!interruption.requested()) {
        throw e;
      }
      return failed(arguments, stopped());
    }
  }

  private CommandException stoppedOr(CommandException failure) {
    return interruption.requested() ? stopped() : failure;
  }

  private static CommandException stopped() {
    return new CommandException(
        ExitCode.STOPPED,
        "stopped",
        "Stopped before it was done; goldens are whole, the report was not written.",
        List.of());
  }

  private int failed(List<String> arguments, CommandException failure) {
    terminal.clear();
    String message = String.valueOf(failure.getMessage());
    if (arguments.contains("--json")) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      ObjectNode error = json.putObject("error");
      error.put("code", failure.code()).put("message", message);
      failure.hints().forEach(error.putArray("hints")::add);
      terminal.out().println(json);
    } else {
      terminal.error(message, failure.hints());
    }
    return failure.exitCode();
  }

  private int run(Options options) {
    Instant begin = Instant.now();
    List<Path> files = find(options);
    ServerSource source = Sources.of(options);
    terminal.progress("starting ComfyUI");
    List<Verdict> verdicts = new ArrayList<>();
    Report report;
    try (ServerSource.Connected server = source.open()) {
      String about = about(server.api());
      test(files, server, options, verdicts);
      Duration duration = Duration.between(begin, Instant.now());
      report = new Report(verdicts, about, terminal.folder(), begin, duration);
      write(report, options, server);
    } finally {
      // An interrupted thread could not wait for the server to end.
      if (interruption.requested()) {
        Thread.interrupted();
      }
    }
    terminal.clear();
    if (options.json()) {
      terminal.out().println(report.json());
    } else {
      new Lines(terminal, verdict -> report.path(verdict.file())).summary(report);
      terminal.err().println("report: " + report.path(options.report().resolve("index.html")));
    }
    return report.failures() == 0 ? ExitCode.DONE : ExitCode.FAILURE;
  }

  private static List<Path> find(Options options) {
    try {
      List<Path> files = WorkflowFiles.find(options.paths(), options.report());
      if (files.isEmpty()) {
        throw CommandException.usage(
            "There are no workflows in " + options.paths().get(0) + ".",
            "A workflow is a .json file that ComfyUI saved or exported.");
      }
      return files;
    } catch (GoldenException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private void test(
      List<Path> files, ServerSource.Connected server, Options options, List<Verdict> verdicts) {
    Report names = new Report(List.of(), "", terminal.folder(), Instant.EPOCH, Duration.ZERO);
    Lines lines = new Lines(terminal, verdict -> names.path(verdict.file()));
    try (Tests tests = new Tests(server)) {
      for (Path file : files) {
        if (interruption.requested()) {
          throw stopped();
        }
        terminal.progress(
            "%d of %d: %s".formatted(verdicts.size() + 1, files.size(), names.path(file)));
        Verdict verdict =
            options.update()
                ? tests.get().update(file, before -> announce(before, options, lines))
                : tests.get().test(file);
        if (interruption.requested()) {
          throw stopped();
        }
        verdicts.add(verdict);
        terminal.clear();
        if (!options.json()) {
          lines.verdict(verdict);
        }
        if (verdict.status() == Verdict.Status.BROKEN) {
          tests.mend();
        }
      }
    }
  }

  private void announce(Verdict before, Options options, Lines lines) {
    terminal.clear();
    if (!options.json()) {
      lines.announce(before);
    }
  }

  private static String about(ComfyApi api) {
    JsonNode system = api.get("/system_stats").path("system");
    String python = system.path("python_version").asText().replaceFirst(" .*", "");
    return "ComfyUI %s, Python %s, PyTorch %s"
        .formatted(
            system.path("comfyui_version").asText("of unknown version"),
            python,
            system.path("pytorch_version").asText("unknown"));
  }

  private static void write(Report report, Options options, ServerSource.Connected server) {
    try {
      report.write(options.report());
      if (server.started().isPresent()) {
        Files.writeString(
            options.report().resolve("server.log"), Sources.log(server.started().get()));
      }
    } catch (IOException e) {
      throw CommandException.failure(
          "report-not-written", "The report cannot be written to " + options.report() + ": " + e);
    }
  }

  /** The connection to the server; made anew when the server had to be started again. */
  private static final class Tests implements AutoCloseable {
    private final ServerSource.Connected server;
    private final PageConversion conversion;
    private WorkflowTest test;

    Tests(ServerSource.Connected server) {
      this.server = server;
      this.conversion = new PageConversion(server.api());
      this.test = connect();
    }

    private WorkflowTest connect() {
      Optional<Path> base = server.started().map(started -> started.base());
      return new WorkflowTest(server.api(), base, conversion);
    }

    WorkflowTest get() {
      return test;
    }

    /** Starts the server again when the last workflow killed it, for the others' sake. */
    void mend() {
      if (server.started().isEmpty() || answers()) {
        return;
      }
      test.close();
      server.started().get().kill();
      server.started().get().start();
      test = connect();
    }

    private boolean answers() {
      try {
        return server.api().send("GET", "/queue").status() == 200;
      } catch (UncheckedIOException e) {
        return false;
      }
    }

    @Override
    public void close() {
      test.close();
      conversion.close();
    }
  }
}
