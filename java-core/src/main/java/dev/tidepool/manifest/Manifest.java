package dev.tidepool.manifest;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.toml.Toml;
import dev.tidepool.toml.TomlDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What an environment consists of: the file {@code .cec/pyproject.toml}, in ComfyDock's format
 * (docs/reference/environment-format.md). Immutable; a change makes a new manifest whose text keeps
 * layout, comments and everything that is not ours.
 *
 * <pre>
 * [tool.comfydock.nodes.comfyui-impact-pack]
 * name = "ComfyUI-Impact-Pack"
 * registry_id = "comfyui-impact-pack"
 * version = "8.28.0"
 * source = "registry"
 * </pre>
 */
public final class Manifest {
  private static final String NODES = "nodes";
  private static final String WORKFLOWS = "workflows";
  private static final String MODELS = "models";
  private static final String GROUPS = "dependency-groups";

  private final TomlDocument document;

  private Manifest(TomlDocument document) {
    this.document = document;
  }

  /**
   * What a new environment's manifest says.
   *
   * @param name of the environment
   * @param python such as {@code 3.11}
   * @param torchBackend {@code auto}, {@code cpu}, {@code cu130}
   */
  public record Start(String name, String python, ComfyUiPin comfyUi, String torchBackend) {}

  /**
   * Reads a manifest.
   *
   * @throws TidepoolException {@code manifest-not-found}, {@code toml-invalid}
   */
  public static Manifest read(Path file) {
    return new Manifest(ManifestFile.read(file));
  }

  /** Reads a manifest from its text. */
  public static Manifest parse(String text) {
    return new Manifest(TomlDocument.parse(text, "pyproject.toml"));
  }

  /** The manifest of a new environment, without packages. */
  public static Manifest initial(Start start) {
    Map<String, Object> project = new LinkedHashMap<>();
    project.put("name", "comfydock-env-" + start.name());
    project.put("version", "0.1.0");
    project.put("requires-python", ">=" + start.python());
    project.put("dependencies", List.of());
    return parse("")
        .with(List.of("project"), project)
        .withComfyUi(start.comfyUi())
        .with(ours("python_version"), start.python())
        .with(ours("torch_backend"), start.torchBackend());
  }

  /** The whole file. */
  public String text() {
    return document.text();
  }

  /** Which ComfyUI the environment has; an empty version when nothing says so. */
  public ComfyUiPin comfyUi() {
    Fields fields = comfydock();
    return new ComfyUiPin(
        fields.text("comfyui_version").orElse(""),
        fields.text("comfyui_version_type"),
        fields.text("comfyui_commit_sha"));
  }

  /** Such as {@code 3.11}; empty when nothing says so. */
  public String pythonVersion() {
    return comfydock().text("python_version").orElse("");
  }

  /** Such as {@code cpu} or {@code cu130}; {@code auto} when nothing says so. */
  public String torchBackend() {
    return comfydock().text("torch_backend").orElse("auto");
  }

  /** The node packs by their ids, in the file's order. */
  public Map<String, NodeEntry> nodes() {
    return entries(NODES, EntryReading::node);
  }

  /** The workflows by their names. */
  public Map<String, WorkflowEntry> workflows() {
    return entries(WORKFLOWS, EntryReading::workflow);
  }

  /** The models by their keys. */
  public Map<String, ModelEntry> models() {
    return entries(MODELS, EntryReading::model);
  }

  private <T> Map<String, T> entries(String section, BiFunction<String, Fields, T> reading) {
    Map<String, T> entries = new LinkedHashMap<>();
    Fields table = comfydock().in(section);
    table.table().keySet().forEach(key -> entries.put(key, reading.apply(key, table.in(key))));
    return Collections.unmodifiableMap(entries);
  }

  /** What {@code project.dependencies} asks for. */
  public List<String> dependencies() {
    return Fields.of("project", document.get("project")).texts("dependencies");
  }

  /** The dependency groups by their names. */
  public Map<String, List<String>> groups() {
    Fields table = Fields.of(GROUPS, document.get(GROUPS));
    Map<String, List<String>> groups = new LinkedHashMap<>();
    table.table().keySet().forEach(name -> groups.put(name, table.texts(name)));
    return Collections.unmodifiableMap(groups);
  }

  /** What {@code tool.uv.constraint-dependencies} demands. */
  public List<String> constraints() {
    return uv().constraints();
  }

  /** The package indexes of {@code tool.uv.index}: name to URL. */
  public Map<String, String> indexes() {
    return uv().indexes();
  }

  /** The packages that {@code tool.uv.sources} says a source for. */
  public Set<String> sources() {
    return uv().sources();
  }

  /** What {@code tool.uv.sources} says of a package: a table, or one for each of some markers. */
  public List<Map<String, Object>> source(String packageName) {
    return uv().source(packageName);
  }

  /** The dependency group of a pack, in whatever form it is named. */
  public Optional<String> groupOf(String id) {
    return Optional.ofNullable(nodes().get(id))
        .flatMap(entry -> PackGroups.of(id, entry, groups().keySet()));
  }

  /** Adds a node pack, or changes it. */
  public Manifest withNode(String id, NodeEntry entry) {
    Map<String, Object> table = EntryWriting.node(comfydock().in(NODES).in(id).table(), entry);
    return new Manifest(document.with(ours(NODES, id), table, WORKFLOWS, MODELS));
  }

  /** Removes a node pack with its dependency group. */
  public Manifest withoutNode(String id) {
    Manifest rest = groupOf(id).map(this::withoutGroup).orElse(this);
    return rest.without(ours(NODES, id)).withoutEmpty(ours(NODES));
  }

  /** Adds a dependency group, or changes it. */
  public Manifest withGroup(String name, List<String> requirements) {
    return with(List.of(GROUPS, name), requirements);
  }

  /** Removes a dependency group. */
  public Manifest withoutGroup(String name) {
    return without(List.of(GROUPS, name)).withoutEmpty(List.of(GROUPS));
  }

  /** Adds a workflow, or changes it. */
  public Manifest withWorkflow(String name, WorkflowEntry entry) {
    return withWorkflows(Map.of(name, entry));
  }

  /** Adds or changes several workflows, which is faster than one after the other. */
  public Manifest withWorkflows(Map<String, WorkflowEntry> entries) {
    Fields old = comfydock().in(WORKFLOWS);
    Map<String, Object> all = new LinkedHashMap<>(old.table());
    entries.forEach((name, entry) -> all.put(name, EntryWriting.workflow(old.in(name), entry)));
    return entries.isEmpty() ? this : new Manifest(document.with(ours(WORKFLOWS), all, MODELS));
  }

  /** Removes a workflow. Its models stay: see {@link #withoutModelsBut}. */
  public Manifest withoutWorkflow(String name) {
    return without(ours(WORKFLOWS, name)).withoutEmpty(ours(WORKFLOWS));
  }

  /** Adds models, or changes them; the sources that they had stay. */
  public Manifest withModels(Collection<ModelEntry> entries) {
    Fields old = comfydock().in(MODELS);
    Map<String, Object> all = new LinkedHashMap<>(old.table());
    entries.forEach(
        entry -> all.put(entry.hash(), EntryWriting.model(old.in(entry.hash()), entry)));
    return entries.isEmpty() ? this : with(ours(MODELS), all);
  }

  /** Removes the models whose keys are not named. */
  public Manifest withoutModelsBut(Set<String> keys) {
    Manifest rest = this;
    for (String key : models().keySet()) {
      rest = keys.contains(key) ? rest : rest.without(ours(MODELS, key));
    }
    return rest.withoutEmpty(ours(MODELS));
  }

  /** Says what {@code project.dependencies} asks for, one on each line. */
  public Manifest withDependencies(List<String> requirements) {
    return with(List.of("project", "dependencies"), Toml.lines(requirements));
  }

  /** Says what {@code tool.uv.constraint-dependencies} demands. */
  public Manifest withConstraints(List<String> constraints) {
    return new Manifest(uv().withConstraints(constraints));
  }

  /** Adds a package index that only named packages come from, or changes its URL. */
  public Manifest withIndex(String name, String url) {
    return new Manifest(uv().withIndex(name, url));
  }

  /** Takes a package from a named index. */
  public Manifest withSource(String packageName, String index) {
    return withSource(packageName, List.of(Map.of("index", index)));
  }

  /** Says where a package comes from, as {@link #source} tells it. */
  public Manifest withSource(String packageName, List<Map<String, Object>> source) {
    return new Manifest(uv().withSource(packageName, source));
  }

  /** Forgets where a package comes from. */
  public Manifest withoutSource(String packageName) {
    return new Manifest(uv().withoutSource(packageName));
  }

  /** Says which ComfyUI the environment has. */
  public Manifest withComfyUi(ComfyUiPin pin) {
    Manifest changed = with(ours("comfyui_version"), pin.version());
    changed = changed.with(ours("comfyui_version_type"), pin.versionType());
    return changed.with(ours("comfyui_commit_sha"), pin.commit());
  }

  /** Says for what PyTorch is. */
  public Manifest withTorchBackend(String backend) {
    return with(ours("torch_backend"), backend);
  }

  private Manifest with(List<String> path, Optional<String> value) {
    return value.isPresent() ? with(path, value.get()) : without(path);
  }

  private Manifest with(List<String> path, Object value) {
    return new Manifest(document.with(path, value));
  }

  private Manifest without(List<String> path) {
    return new Manifest(document.without(path));
  }

  private Manifest withoutEmpty(List<String> table) {
    boolean empty =
        document.get(table.toArray(new String[0])) instanceof Map<?, ?> map && map.isEmpty();
    return empty ? without(table) : this;
  }

  private Fields comfydock() {
    return Fields.of("tool.comfydock", document.get("tool", "comfydock"));
  }

  private UvSettings uv() {
    return new UvSettings(document);
  }

  private static List<String> ours(String... keys) {
    List<String> path = new ArrayList<>(List.of("tool", "comfydock"));
    path.addAll(List.of(keys));
    return path;
  }
}
