package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.version.Status;
import dev.tidepool.version.TrackedWorkflow;
import java.io.IOException;
import java.util.List;

/**
 * Lists the workflows of an environment: {@code +} new, {@code ~} modified, {@code -} deleted,
 * {@code =} as committed, {@code !} no workflow.
 */
final class EnvironmentWorkflows {
  private EnvironmentWorkflows() {}

  /** Whether an environment was named, or is the active one. */
  static boolean isMeant(Arguments arguments, Terminal terminal) {
    return arguments.has(Syntax.ENVIRONMENT)
        || OpenEnvironment.all(arguments, terminal).file().activeEnvironment().isPresent();
  }

  static int list(Arguments arguments, Terminal terminal) {
    OpenVersions open = OpenVersions.of(arguments, terminal);
    List<TrackedWorkflow> workflows = Status.workflows(open.environment(), open.around());
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(workflows));
      return ExitCode.DONE;
    }
    if (workflows.isEmpty()) {
      terminal.say("No workflows in " + open.environment().name() + ".");
    } else {
      Table table = new Table("STATE", "WORKFLOW");
      workflows.forEach(workflow -> table.row(state(workflow), workflow.name()));
      table.print(terminal);
    }
    for (TrackedWorkflow workflow : workflows) {
      workflow.problem().ifPresent(problem -> terminal.say(problem.message()));
    }
    return ExitCode.DONE;
  }

  private static String state(TrackedWorkflow workflow) {
    return workflow.problem().isPresent()
        ? "! no workflow"
        : StatusText.MARKS.get(workflow.state()) + " " + workflow.state().code();
  }

  private record Body(List<TrackedWorkflow> workflows) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeArrayFieldStart("workflows");
      for (TrackedWorkflow workflow : workflows) {
        generator.writeStartObject();
        new StatusJson(generator).tracked(workflow);
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}
