import dev.tidepool.error.TidepoolException;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelFiles;
import dev.tidepool.loader.ModelFolder;
import dev.tidepool.workflow.DeclaredModel;
import dev.tidepool.workflow.JsonValue;
import dev.tidepool.workflow.ModelPaths;
import dev.tidepool.workflow.ModelReference;
import dev.tidepool.workflow.ModelReferences;
import dev.tidepool.workflow.PathPlan;
import dev.tidepool.workflow.UnknownModel;
import dev.tidepool.workflow.Workflow;
import dev.tidepool.workflow.WorkflowNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads every workflow in a folder and tells, one line each, separated by tabs, what {@code templates.py} counts:
 *
 * <pre>
 * read      FILE
 * failed    FILE  reason
 * reference FILE  folder  value  node  mode
 * idle      FILE  folder  value  node  mode
 * declared  FILE  directory  name  node  mode
 * unknown   FILE  type  value
 * </pre>
 */
final class TemplatesCheck {
  private static final Loaders LOADERS = Loaders.builtIn();

  private TemplatesCheck() {}

  public static void main(String[] arguments) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
      files = found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      try {
        check(Files.readAllBytes(file), name);
      } catch (TidepoolException e) {
        say("failed", name, e.code() + ": " + e.getMessage());
      }
    }
  }

  private static void check(byte[] bytes, String name) {
    Workflow workflow = Workflow.parse(bytes, name, LOADERS::widgetNames);
    ModelReferences references = ModelReferences.of(workflow, LOADERS);
    say("read", name);
    references.all().forEach(reference -> say("reference", name, reference));
    references.idle().forEach(reference -> say("idle", name, reference));
    for (WorkflowNode node : workflow.nodes()) {
      for (DeclaredModel model : node.models()) {
        say("declared", name, model.directory(), model.name(), node(node), node.mode().name());
      }
    }
    for (UnknownModel model : references.unknown()) {
      say("unknown", name, model.node().type(), model.value());
    }
    NamedModels files = new NamedModels(references);
    if (!Arrays.equals(bytes, plan(workflow, files).apply())) {
      say("failed", name, "changed although nothing had to be");
    }
    roundTrip(bytes, name, workflow, references, files);
  }

  /** With the folder in front of every value, the workflow has to come back as it was. */
  private static void roundTrip(
      byte[] bytes, String name, Workflow workflow, ModelReferences references, NamedModels files) {
    Map<JsonValue, String> longer = new HashMap<>();
    Stream<ModelReference> alike = references.idle().stream().filter(idle -> decides(idle, references));
    Stream.concat(references.all().stream(), alike)
        .forEach(reference -> longer.put(reference.place(), reference.folder() + "/" + reference.value()));
    byte[] full = workflow.withValues(longer);
    Workflow moved = Workflow.parse(full, name, LOADERS::widgetNames);
    PathPlan plan = plan(moved, files);
    if (!plan.isFine() || !Arrays.equals(bytes, plan.apply())) {
      say("failed", name, "does not come back after its folders were put in front and stripped");
    }
    if (!longer.isEmpty() && plan.rewrites().size() != longer.size()) {
      say("failed", name, plan.rewrites().size() + " of " + longer.size() + " values were stripped");
    }
  }

  /** An idle value that is not the deciding one is another choice, and stays as it is. */
  private static boolean decides(ModelReference idle, ModelReferences references) {
    return references.all().stream()
        .anyMatch(
            reference ->
                reference.node().equals(idle.node())
                    && reference.slot().equals(idle.slot())
                    && reference.value().equals(idle.value()));
  }

  private static PathPlan plan(Workflow workflow, ModelFiles files) {
    return PathPlan.of(workflow, ModelReferences.of(workflow, LOADERS), new ModelPaths(LOADERS, files));
  }

  private static String node(WorkflowNode node) {
    return node.type() + " " + node.scope().id() + "/" + node.id();
  }

  private static void say(String kind, String name, ModelReference reference) {
    say(kind, name, reference.folder(), reference.value(), node(reference.node()), reference.mode().name());
  }

  private static void say(String... cells) {
    System.out.println(
        Stream.of(cells).map(cell -> cell.replace('\t', ' ').replace('\n', ' ')).collect(Collectors.joining("\t")));
  }

  /** Exactly the models that a workflow names. */
  private static final class NamedModels implements ModelFiles {
    private final Map<String, Set<String>> values = new HashMap<>();

    NamedModels(ModelReferences references) {
      Stream.concat(references.all().stream(), references.idle().stream())
          .forEach(
              reference ->
                  values.computeIfAbsent(reference.folder(), folder -> new HashSet<>()).add(reference.value()));
    }

    @Override
    public boolean exists(ModelFolder folder, String value) {
      return values.getOrDefault(folder.name(), Set.of()).contains(value);
    }

    @Override
    public String separator() {
      return "/";
    }

    @Override
    public List<Found> named(String fileName) {
      return List.of();
    }

    @Override
    public List<String> values(ModelFolder folder) {
      return List.copyOf(values.getOrDefault(folder.name(), Set.of()));
    }

    @Override
    public List<Path> directories(ModelFolder folder) {
      return List.of();
    }

    @Override
    public Optional<String> inside(ModelFolder folder, String absolute) {
      return Optional.empty();
    }
  }
}
