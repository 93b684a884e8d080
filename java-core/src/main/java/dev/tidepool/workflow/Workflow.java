package dev.tidepool.workflow;

import com.fasterxml.jackson.core.JacksonException;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workflow of ComfyUI as it stands in a file, in the editor's format (<a
 * href="https://docs.comfy.org/specs/workflow_json">versions 0.4 and 1.0</a>) or in the API's.
 *
 * <p>{@link #withValues} changes single values and leaves every other byte as it is:
 *
 * <pre>{@code
 * Workflow workflow = Workflow.read(file);
 * Widget widget = workflow.nodes().get(0).widgets().get(0);
 * byte[] changed = workflow.withValues(Map.of(widget.value(), "other.safetensors"));
 * }</pre>
 *
 * <p>Immutable; thread-safe.
 */
public final class Workflow {
  /** The size of the largest file that is read, in bytes. */
  public static final int LARGEST = 100_000_000;

  private final byte[] bytes;
  private final String name;
  private final WorkflowFormat format;
  private final JsonValue json;
  private final List<Graph> graphs;
  private final List<WidgetCopy> copies;
  private final SamePlaces places;

  private Workflow(
      byte[] bytes, String name, JsonValue json, WorkflowFormat format, Reading reading) {
    this.bytes = bytes;
    this.name = name;
    this.json = json;
    this.format = format;
    this.graphs = reading.graphs();
    this.copies = reading.copies();
    this.places = SamePlaces.of(graphs, copies);
  }

  /** What a reader found. */
  record Reading(List<Graph> graphs, List<WidgetCopy> copies) {}

  /**
   * Reads a file, with the names of widgets that it tells itself.
   *
   * @throws TidepoolException {@code file-not-found}; {@code workflow-invalid} when it is none;
   *     {@code workflow-too-large} above {@link #LARGEST} bytes
   */
  public static Workflow read(Path file) {
    return read(file, WidgetNames.none());
  }

  /** Reads a file, with names of widgets from elsewhere. */
  public static Workflow read(Path file, WidgetNames names) {
    if (!Files.isRegularFile(file)) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "file-not-found",
          "There is no file " + file + ".",
          "tidepool workflow list DIR shows the workflows in a folder and below.");
    }
    return parse(
        StorageFailures.translate("read " + file, () -> bytes(file)), file.toString(), names);
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LARGEST + 1);
    }
  }

  /** Reads bytes that came from elsewhere. */
  public static Workflow parse(byte[] bytes, String name) {
    return parse(bytes, name, WidgetNames.none());
  }

  /**
   * Reads bytes that came from elsewhere.
   *
   * @param bytes JSON in UTF-8, with or without a byte order mark; not changed afterwards
   * @param name what messages call it
   */
  public static Workflow parse(byte[] bytes, String name, WidgetNames names) {
    if (bytes.length > LARGEST) {
      throw new TidepoolException(
          ErrorKind.TOO_LARGE,
          "workflow-too-large",
          "The file " + name + " is larger than " + LARGEST / 1_000_000 + " MB.",
          "A workflow is a JSON file; pictures and models in it would be better off beside it.");
    }
    Invalid invalid = new Invalid(bytes, name);
    JsonValue json = json(bytes, invalid);
    if (json.field("nodes").isPresent()) {
      return new Workflow(
          bytes, name, json, WorkflowFormat.EDITOR, EditorReader.read(json, names, invalid));
    }
    return new Workflow(bytes, name, json, WorkflowFormat.API, ApiReader.read(json, invalid));
  }

  private static JsonValue json(byte[] bytes, Invalid invalid) {
    try {
      @Nullable JsonValue json = JsonReader.read(bytes);
      if (json == null) {
        throw invalid.file("it is empty");
      }
      if (!json.isObject()) {
        throw invalid.file("it holds no object");
      }
      return json;
    } catch (JacksonException e) {
      throw invalid.json(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What messages call it: the path of the file. */
  public String name() {
    return name;
  }

  public WorkflowFormat format() {
    return format;
  }

  /** The whole document. */
  public JsonValue json() {
    return json;
  }

  /** The workflow's own graph first, then every subgraph's and group node's. */
  public List<Graph> graphs() {
    return graphs;
  }

  /** The nodes of all graphs, those inside of subgraphs once for each definition. */
  public List<WorkflowNode> nodes() {
    return graphs.stream().flatMap(graph -> graph.nodes().stream()).toList();
  }

  /** Every second place of a widget's value. One holder's value can be a copy for several nodes. */
  public List<WidgetCopy> copies() {
    return copies;
  }

  /** The copies of one widget's value. */
  public List<WidgetCopy> copies(Widget widget) {
    return places.copies(widget);
  }

  /**
   * The same edits, and for each the other places of the same widget that hold the same text now:
   * the copies of a widget's value, and the value behind a copy. An edit that is given stays.
   */
  public Map<JsonValue, String> withCopies(Map<JsonValue, String> values) {
    return places.complete(values);
  }

  /**
   * The document's bytes with these strings instead of those values; other bytes stay. A string
   * that is there already keeps its spelling.
   *
   * @throws IllegalArgumentException when one of the values is inside of another
   */
  public byte[] withValues(Map<JsonValue, String> values) {
    return JsonEdits.apply(bytes, values);
  }
}
