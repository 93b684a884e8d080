package dev.tidepool.cli;

import dev.tidepool.importing.WaitingModels;
import dev.tidepool.version.Status;
import dev.tidepool.version.SyncState;
import dev.tidepool.version.WorkflowStatus;

/** {@code tidepool status}. */
final class StatusCommand implements Command {
  private static final String VERBOSE = "--verbose";

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool status", "Show what differs from the newest version.")
        .toggle(VERBOSE, "Show what is as it should be too, and every change in workflows.")
        .environment()
        .json()
        .example("tidepool status")
        .example("tidepool status -e studio --json | jq '.ready'")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenVersions open = OpenVersions.of(arguments, terminal);
    Status status =
        Status.of(open.environment(), open::history, open.around(), () -> open.python("status"));
    int waiting = WaitingModels.count(open.home().workspace());
    if (arguments.json()) {
      JsonAnswer.print(terminal, generator -> new StatusJson(generator).write(status, waiting));
      return ExitCode.DONE;
    }
    boolean verbose = arguments.has(VERBOSE);
    new StatusText(terminal, verbose).print(status, waiting);
    if (verbose) {
      changes(status, open, terminal);
    }
    return ExitCode.DONE;
  }

  private static void changes(Status status, OpenVersions open, Terminal terminal) {
    for (WorkflowStatus workflow : status.workflows()) {
      if (workflow.workflow().state() == SyncState.MODIFIED) {
        terminal.out().println();
        terminal.out().println(PrintableText.of(workflow.workflow().name() + ":"));
        new WorkflowChanges(terminal)
            .print(Status.changes(open.environment(), open.around(), workflow.workflow().name()));
      }
    }
  }
}
