package dev.tidepool.harness.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.harness.ComfyApi;
import dev.tidepool.harness.golden.GoldenException;
import dev.tidepool.harness.golden.Verdict;
import dev.tidepool.harness.golden.WorkflowFiles;
import dev.tidepool.harness.report.Report;
import java.io.IOException;
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
    Optional<CommandException> end;
    try (ServerSource.Connected server = source.open()) {
      String about = about(server.api());
      end = test(files, server, options, verdicts);
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
    if (!options.json()) {
      new Lines(terminal, verdict -> report.path(verdict.file())).summary(report);
      terminal.err().println("report: " + report.path(options.report().resolve("index.html")));
    }
    if (end.isPresent()) {
      throw end.get();
    }
    if (options.json()) {
      terminal.out().println(report.json());
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

  /** Tests the workflows; answers why not all of them, if so. */
  private Optional<CommandException> test(
      List<Path> files, ServerSource.Connected server, Options options, List<Verdict> verdicts) {
    Report names = new Report(List.of(), "", terminal.folder(), Instant.EPOCH, Duration.ZERO);
    Lines lines = new Lines(terminal, verdict -> names.path(verdict.file()));
    try (PageConversion conversion = new PageConversion(server.api());
        Testbed bed = new Testbed(server, conversion)) {
      for (Path file : files) {
        demandNoStop();
        terminal.progress(
            "%s of %s: %s".formatted(verdicts.size() + 1, files.size(), names.path(file)));
        Verdict verdict =
            options.update()
                ? bed.test().update(file, before -> announce(before, options, lines))
                : bed.test().test(file);
        demandNoStop();
        verdicts.add(verdict);
        terminal.clear();
        if (!options.json()) {
          lines.verdict(verdict);
        }
        if (verdict.status() == Verdict.Status.BROKEN && verdicts.size() < files.size()) {
          bed.mend();
        }
      }
      return Optional.empty();
    } catch (CommandException e) {
      demandNoStop();
      return Optional.of(e);
    }
  }

  private void demandNoStop() {
    if (interruption.requested()) {
      throw stopped();
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
}
