package dev.tidepool.workflow;

import dev.tidepool.loader.LoaderSlot;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelNames;
import dev.tidepool.workflow.DecidingPlaces.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which models a workflow needs.
 *
 * <pre>{@code
 * Loaders loaders = Loaders.builtIn();
 * Workflow workflow = Workflow.read(file, loaders::widgetNames);
 * for (ModelReference reference : ModelReferences.of(workflow, loaders).all()) { … }
 * }</pre>
 *
 * <p>Immutable.
 */
public final class ModelReferences {
  private final List<ModelReference> all;
  private final List<ModelReference> idle;
  private final List<UnknownModel> unknown;

  private ModelReferences(
      List<ModelReference> all, List<ModelReference> idle, List<UnknownModel> unknown) {
    this.all = List.copyOf(all);
    this.idle = List.copyOf(idle);
    this.unknown = List.copyOf(unknown);
  }

  /** Collects the models of a workflow, which was read with the loaders' names of widgets. */
  public static ModelReferences of(Workflow workflow, Loaders loaders) {
    return new Collecting(workflow, loaders).collect();
  }

  /**
   * Each model that ComfyUI loads, once for each node, input and value that decides: two instances
   * of a subgraph with different values give two. Those of muted and bypassed nodes are among them
   * and say so. In the file's order.
   */
  public List<ModelReference> all() {
    return all;
  }

  /**
   * Values that name models in the same way, but do not decide: another value stands in front of
   * them, or nothing runs their node. An editor may bring them back.
   */
  public List<ModelReference> idle() {
    return idle;
  }

  /**
   * What looks like a model in nodes of unknown types, and in inputs of custom nodes that list no
   * folder's files.
   */
  public List<UnknownModel> unknown() {
    return unknown;
  }

  /** One run over a workflow. */
  private static final class Collecting {
    private final Workflow workflow;
    private final Loaders loaders;
    private final DecidingPlaces places;
    private final Declarations declarations;
    private final List<ModelReference> all = new ArrayList<>();
    private final List<ModelReference> idle = new ArrayList<>();
    private final Set<UnknownModel> unknown = new LinkedHashSet<>();

    Collecting(Workflow workflow, Loaders loaders) {
      this.workflow = workflow;
      this.loaders = loaders;
      this.places = new DecidingPlaces(workflow);
      this.declarations = new Declarations(workflow, loaders);
    }

    ModelReferences collect() {
      for (WorkflowNode node : workflow.nodes()) {
        loaders.slots(node.type()).forEach(slot -> slot(node, slot));
        if (!loaders.knowsAll(node.type()) && !node.isVirtual() && !places.isInstance(node)) {
          unknownNode(node);
        }
      }
      return new ModelReferences(all, idle, List.copyOf(unknown));
    }

    private void slot(WorkflowNode node, LoaderSlot slot) {
      Optional<Widget> widget = node.widget(slot.input());
      if (widget.isEmpty() && slot.widget().isPresent()) {
        widget = node.widget(slot.widget().getAsInt()).filter(found -> found.name().isEmpty());
      }
      Set<JsonValue> deciding = new LinkedHashSet<>();
      for (Place place : places.of(node, slot.input(), widget)) {
        if (deciding.add(place.value())) {
          add(all, node, slot, place);
        }
      }
      List<WidgetCopy> copies = places.copies(node, slot.input(), widget);
      // What an output of a real node replaces is of no use to anybody.
      boolean own = widget.isPresent() && (!widget.get().linked() || !copies.isEmpty());
      if (own && deciding.add(widget.get().value())) {
        JsonValue value = widget.get().value();
        add(idle, node, slot, new Place(value, Optional.empty(), node.mode()));
      }
      for (WidgetCopy copy : copies) {
        if (!copy.linked() && deciding.add(copy.value())) {
          Optional<WorkflowNode> holder = Optional.of(copy.holder());
          add(idle, node, slot, new Place(copy.value(), holder, copy.holder().mode()));
        }
      }
    }

    private void add(List<ModelReference> list, WorkflowNode node, LoaderSlot slot, Place place) {
      Optional<String> text = place.value().text().filter(value -> place.value().isText());
      if (text.isPresent() && slot.isFile(text.get())) {
        String folder = slot.folder(text.get());
        list.add(
            new ModelReference(
                node,
                slot,
                text.get(),
                folder,
                place.value(),
                place.holder(),
                place.mode(),
                declarations.of(text.get(), folder, node, place.holder())));
      }
    }

    private void unknownNode(WorkflowNode node) {
      Set<String> names = new HashSet<>();
      Set<Integer> positions = new HashSet<>();
      for (LoaderSlot slot : loaders.slots(node.type())) {
        names.add(slot.input());
        slot.widget().ifPresent(positions::add);
      }
      for (Widget widget : node.widgets()) {
        boolean isSlot =
            widget.name().isEmpty()
                ? widget.index().isPresent() && positions.contains(widget.index().getAsInt())
                : names.contains(widget.name());
        if (!isSlot) {
          for (Place place : places.of(node, widget.name(), Optional.of(widget))) {
            unknownValue(node, name(widget), place);
          }
        }
      }
      node.widgets().forEach(widget -> names.add(widget.name()));
      for (String name : places.copiedNames(node)) {
        if (!name.isEmpty() && !names.contains(name)) {
          places.of(node, name, Optional.empty()).forEach(place -> unknownValue(node, name, place));
        }
      }
    }

    /** Packs keep several models in one value: {@code {"on": true, "lora": "x.safetensors"}}. */
    private void unknownValue(WorkflowNode node, String widget, Place place) {
      Deque<JsonValue> open = new ArrayDeque<>(List.of(place.value()));
      while (!open.isEmpty()) {
        JsonValue value = open.remove();
        value
            .text()
            .filter(text -> value.isText() && ModelNames.looksLikeModel(text))
            .ifPresent(text -> unknown.add(new UnknownModel(node, widget, text, place.mode())));
        open.addAll(value.items());
        open.addAll(value.values());
      }
    }

    private static String name(Widget widget) {
      OptionalInt index = widget.index();
      return widget.name().isEmpty() && index.isPresent()
          ? Integer.toString(index.getAsInt())
          : widget.name();
    }
  }
}
