package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.Map;

/** The graph on screen: what a user does to nodes and links. Every action ends settled. */
public final class Graph {
  /** The second name is that of frontends before 1.42. */
  private static final String NOTE_FOR_UNDO =
      """
      () => {
        const tracker = app.extensionManager.workflow.activeWorkflow?.changeTracker;
        (tracker?.captureCanvasState ?? tracker?.checkState)?.call(tracker);
      }
      """;

  private final ComfyPage page;

  Graph(ComfyPage page) {
    this.page = page;
  }

  /** Starts with an empty graph. */
  public void clear() {
    load("{\"version\":0.4,\"last_node_id\":0,\"last_link_id\":0,\"nodes\":[],\"links\":[]}");
    // Each loading opens a tab of its own on the page, and a long run would pile them up.
    page.page()
        .evaluate(
            """
            async () => {
              const store = app.extensionManager.workflow;
              const others = store.openWorkflows.filter(one => one.path !== store.activeWorkflow?.path);
              for (const one of others) await store.closeWorkflow(one);
            }
            """);
  }

  /** Opens a workflow in the editor's format, in place of what is on screen. */
  public void load(JsonNode workflow) {
    load(workflow.toString());
  }

  /** Opens a workflow in the editor's format, in place of what is on screen. */
  public void load(String workflow) {
    change(
        """
        async text => {
          await app.loadGraphData(JSON.parse(text));
          // One graph unit is one pixel, and the origin lies where no bar covers it.
          app.canvas.ds.scale = 1;
          app.canvas.ds.offset = [80, 80];
          app.canvas.setDirty(true, true);
        }
        """,
        workflow);
  }

  /** Adds a node, with its upper left corner at this place. */
  public NodeHandle add(String type, int x, int y) {
    Object id =
        change(
            """
            ({type, x, y}) => {
              const node = LiteGraph.createNode(type);
              if (!node) throw new Error(`no node of type ${type}`);
              node.pos = [x, y];
              app.canvas.graph.add(node);
              return String(node.id);
            }
            """,
            Map.of("type", type, "x", x, "y", y));
    return node(String.valueOf(id));
  }

  /** The node with this id. */
  public NodeHandle node(String id) {
    return new NodeHandle(page, id);
  }

  /** The part of the screen that all nodes take up, with a margin in pixels. */
  public BoundingBox box(int margin) {
    Object ids =
        page.page()
            .evaluate("() => JSON.stringify(app.canvas.graph.nodes.map(node => String(node.id)))");
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double right = 0;
    double bottom = 0;
    for (JsonNode id : Script.tree(ids)) {
      BoundingBox box = node(id.asText()).box();
      left = Math.min(left, box.x);
      top = Math.min(top, box.y);
      right = Math.max(right, box.x + box.width);
      bottom = Math.max(bottom, box.y + box.height);
    }
    BoundingBox whole = new BoundingBox();
    whole.x = left - margin;
    whole.y = top - margin;
    whole.width = right - left + 2 * margin;
    whole.height = bottom - top + 2 * margin;
    return whole;
  }

  /** The nodes of a type, in the graph's order. */
  public List<NodeHandle> nodes(String type) {
    Object ids =
        page.page()
            .evaluate(
                "type => JSON.stringify(app.canvas.graph.nodes"
                    + ".filter(node => node.type === type).map(node => String(node.id)))",
                type);
    return java.util.stream.StreamSupport.stream(Script.tree(ids).spliterator(), false)
        .map(id -> node(id.asText()))
        .toList();
  }

  /** The only node of a type. */
  public NodeHandle only(String type) {
    List<NodeHandle> nodes = nodes(type);
    if (nodes.size() != 1) {
      throw new AssertionError("expected one " + type + " in the graph, found " + nodes.size());
    }
    return nodes.get(0);
  }

  /** Draws a link from an output to an input, both by name. */
  public void connect(NodeHandle from, String output, NodeHandle to, String input) {
    change(
        """
        ({from, output, to, input}) => {
          const byId = id => app.canvas.graph.nodes.find(node => String(node.id) === id);
          const slot = (slots, name) => {
            const index = slots.findIndex(slot => slot.name === name);
            if (index < 0) throw new Error(`no slot ${name} among ${slots.map(slot => slot.name)}`);
            return index;
          };
          const source = byId(from), target = byId(to);
          source.connect(slot(source.outputs, output), target, slot(target.inputs, input));
        }
        """,
        Map.of("from", from.id(), "output", output, "to", to.id(), "input", input));
  }

  /** Draws a link from an output to an input, both by place. */
  public void connect(NodeHandle from, int output, NodeHandle to, int input) {
    change(
        """
        ({from, output, to, input}) => {
          const byId = id => app.canvas.graph.nodes.find(node => String(node.id) === id);
          byId(from).connect(output, byId(to), input);
        }
        """,
        Map.of("from", from.id(), "output", output, "to", to.id(), "input", input));
  }

  /** Puts a reroute of the canvas's own into the link of an input. */
  public void reroute(NodeHandle node, String input, int x, int y) {
    change(
        """
        ({id, input, x, y}) => {
          const graph = app.canvas.graph;
          const node = graph.nodes.find(node => String(node.id) === id);
          const {link} = node.inputs.find(slot => slot.name === input);
          graph.createReroute([x, y], graph.getLink(link));
        }
        """,
        Map.of("id", node.id(), "input", input, "x", x, "y", y));
  }

  /** Takes the link away from an input. */
  public void disconnect(NodeHandle node, String input) {
    change(
        """
        ({id, input}) => {
          const node = app.canvas.graph.nodes.find(node => String(node.id) === id);
          node.disconnectInput(node.inputs.findIndex(slot => slot.name === input));
        }
        """,
        Map.of("id", node.id(), "input", input));
  }

  /** Selects nodes, and no others. */
  public void select(NodeHandle... nodes) {
    page.page()
        .evaluate(
            """
            ids => {
              const nodes = app.canvas.graph.nodes.filter(node => ids.includes(String(node.id)));
              app.canvas.deselectAll();
              app.canvas.selectItems(nodes);
              document.activeElement?.blur?.();
            }
            """,
            java.util.Arrays.stream(nodes).map(NodeHandle::id).toList());
    page.settle();
  }

  /** Turns the selected nodes into a subgraph, and returns the node that stands for it. */
  public NodeHandle convertToSubgraph(NodeHandle... nodes) {
    select(nodes);
    Object id =
        change(
            """
            () => {
              const {node} = app.canvas.graph.convertToSubgraph(app.canvas.selectedItems);
              return String(node.id);
            }
            """,
            null);
    return node(String.valueOf(id));
  }

  /** Shows the inside of a subgraph's node. */
  public void enter(NodeHandle subgraph) {
    page.page()
        .evaluate(
            """
            id => {
              const node = app.canvas.graph.nodes.find(node => String(node.id) === id);
              app.canvas.openSubgraph(node.subgraph, node);
            }
            """,
            subgraph.id());
    page.settle();
  }

  /** Shows the outermost graph. */
  public void leave() {
    page.page().evaluate("() => app.canvas.setGraph(app.rootGraph)");
    page.settle();
  }

  /** Copies nodes and pastes them beside, as Ctrl-C and Ctrl-V do; returns the pasted nodes. */
  public List<NodeHandle> copyAndPaste(NodeHandle... nodes) {
    select(nodes);
    Object ids =
        change(
            """
            () => {
              const before = new Set(app.canvas.graph.nodes.map(node => String(node.id)));
              app.canvas.copyToClipboard();
              app.canvas.pasteFromClipboard({position: [500, 0]});
              return JSON.stringify(
                app.canvas.graph.nodes.map(node => String(node.id)).filter(id => !before.has(id)));
            }
            """,
            null);
    return java.util.stream.StreamSupport.stream(Script.tree(ids).spliterator(), false)
        .map(id -> node(id.asText()))
        .toList();
  }

  /** Runs a change, lets ComfyUI note it for undo, and waits until it is drawn. */
  Object change(String script, @org.jspecify.annotations.Nullable Object argument) {
    Object result = page.page().evaluate(script, argument);
    page.settle();
    page.page().evaluate(NOTE_FOR_UNDO);
    return result;
  }
}
