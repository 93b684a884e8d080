package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.environment.Environment;
import dev.tidepool.history.History;
import dev.tidepool.history.Version;
import dev.tidepool.loader.Loaders;
import dev.tidepool.version.Difference;
import dev.tidepool.version.VersionDiff;
import dev.tidepool.version.WorkflowDifference;
import dev.tidepool.workflow.WidgetNames;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code tidepool diff}: what differs between two versions of an environment. */
final class Diff implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool diff", "Show what differs between two versions.")
        .optional("A", "A version: v2, HEAD~1, a commit. Default: the last.")
        .optional("B", "Another. Default: the environment as it is now.")
        .environment()
        .json()
        .example("tidepool diff")
        .example("tidepool diff v1 v3")
        .example("tidepool diff v1 --json | jq '.node_packs'")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Environment environment = OpenEnvironment.named(arguments, terminal);
    History history = OpenVersions.history(environment, terminal);
    WidgetNames names = Loaders.builtIn()::widgetNames;
    List<String> asked = arguments.texts(0);
    Version before = history.resolve(asked.isEmpty() ? "HEAD" : asked.get(0));
    VersionDiff diff =
        asked.size() < 2
            ? VersionDiff.onDisk(history, before, environment, names)
            : VersionDiff.between(history, before, history.resolve(asked.get(1)), names);
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(diff));
    } else if (diff.isEmpty()) {
      terminal.say("No differences.");
    } else {
      print(diff, terminal);
    }
    return ExitCode.DONE;
  }

  private static void print(VersionDiff diff, Terminal terminal) {
    print("Settings", diff.settings(), terminal);
    if (!diff.workflows().isEmpty()) {
      terminal.out().println("Workflows");
      for (WorkflowDifference workflow : diff.workflows()) {
        terminal.out().println(PrintableText.of("  " + line(workflow)));
        new WorkflowChanges(terminal, "      ").print(workflow.changes());
      }
    }
    print("Node packs", diff.nodePacks(), terminal);
    print("Python packages", diff.packages(), terminal);
    print("Models", diff.models(), terminal);
  }

  private static String line(WorkflowDifference workflow) {
    return switch (workflow.kind()) {
      case ADDED -> "+ " + workflow.name();
      case REMOVED -> "- " + workflow.name();
      case CHANGED -> "~ " + workflow.name() + note(workflow);
    };
  }

  private static String note(WorkflowDifference workflow) {
    if (workflow.problem().isPresent()) {
      return ": " + workflow.problem().get();
    }
    return workflow.changes().isEmpty() ? ": only its layout" : "";
  }

  private static void print(String title, List<Difference> differences, Terminal terminal) {
    if (!differences.isEmpty()) {
      terminal.out().println(title);
    }
    for (Difference difference : differences) {
      terminal.out().println(PrintableText.of("  " + line(difference)));
    }
  }

  private static String line(Difference difference) {
    String before = difference.before().orElse("");
    String after = difference.after().orElse("");
    if (difference.before().isEmpty()) {
      return "+ " + difference.name() + " " + after;
    }
    return difference.after().isEmpty()
        ? "- " + difference.name() + " " + before
        : "~ " + difference.name() + " " + before + " -> " + after;
  }

  private record Body(VersionDiff diff) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      differences("settings", diff.settings(), generator);
      generator.writeArrayFieldStart("workflows");
      for (WorkflowDifference workflow : diff.workflows()) {
        generator.writeStartObject();
        generator.writeStringField("name", workflow.name());
        generator.writeStringField("kind", workflow.kind().name().toLowerCase(Locale.ROOT));
        if (workflow.problem().isPresent()) {
          generator.writeStringField("problem", workflow.problem().get());
        }
        WorkflowDiffCommand.writeChanges(workflow.changes(), generator);
        generator.writeEndObject();
      }
      generator.writeEndArray();
      differences("node_packs", diff.nodePacks(), generator);
      differences("packages", diff.packages(), generator);
      differences("models", diff.models(), generator);
      generator.writeEndObject();
    }

    private static void differences(
        String name, List<Difference> differences, JsonGenerator generator) throws IOException {
      generator.writeArrayFieldStart(name);
      for (Difference difference : differences) {
        generator.writeStartObject();
        generator.writeStringField("name", difference.name());
        value("before", difference.before().orElse(null), generator);
        value("after", difference.after().orElse(null), generator);
        generator.writeEndObject();
      }
      generator.writeEndArray();
    }

    private static void value(String name, @Nullable String value, JsonGenerator generator)
        throws IOException {
      if (value != null) {
        generator.writeStringField(name, value);
      }
    }
  }
}
