package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

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
  private final Links links;
  private final View view;

  Graph(ComfyPage page) {
    this.page = page;
    this.links = new Links(page);
    this.view = new View(page);
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
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double right = 0;
    double bottom = 0;
    for (NodeHandle node : nodes()) {
      BoundingBox box = node.box();
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

  /** All nodes, in the graph's order. */
  public List<NodeHandle> nodes() {
    return matching("() => true", "");
  }

  /** The nodes of a type, in the graph's order. */
  public List<NodeHandle> nodes(String type) {
    return matching("node => node.type === test", type);
  }

  /** The nodes that are selected, in the graph's order. */
  public List<NodeHandle> selected() {
    return matching("node => app.canvas.selectedItems.has(node)", "");
  }

  private List<NodeHandle> matching(String filter, String test) {
    return handles(
        page.page()
            .evaluate(
                "test => JSON.stringify(app.canvas.graph.nodes.filter("
                    + filter
                    + ").map(node => String(node.id)))",
                test));
  }

  private List<NodeHandle> handles(Object ids) {
    return StreamSupport.stream(Script.tree(ids).spliterator(), false)
        .map(id -> node(id.asText()))
        .toList();
  }

  /** The only node with this title. */
  public NodeHandle titled(String title) {
    List<NodeHandle> nodes = matching("node => node.getTitle() === test", title);
    if (nodes.size() != 1) {
      List<String> titles = nodes().stream().map(NodeHandle::title).toList();
      throw new AssertionError("expected one node titled " + title + ", found " + titles);
    }
    return nodes.get(0);
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
    links.connect(from, output, to, input);
  }

  /** Draws a link from an output to an input, both by place. */
  public void connect(NodeHandle from, int output, NodeHandle to, int input) {
    links.connect(from, output, to, input);
  }

  /** Draws a link with the mouse, from slot to slot, both on screen. */
  public void dragLink(NodeHandle from, String output, NodeHandle to, String input) {
    links.drag(from, output, to, input);
  }

  /** The node that feeds an input. */
  public Optional<NodeHandle> source(NodeHandle node, String input) {
    return Optional.of(links.source(node, input)).filter(id -> !id.isEmpty()).map(this::node);
  }

  /** Puts a reroute of the canvas's own into the link of an input. */
  public void reroute(NodeHandle node, String input, int x, int y) {
    links.reroute(node, input, x, y);
  }

  /** Takes the link away from an input. */
  public void disconnect(NodeHandle node, String input) {
    links.disconnect(node, input);
  }

  /** Moves and scales the view so that all nodes are on screen. */
  public void fit() {
    view.fit();
  }

  /** Takes a picture of all nodes; what is not on screen is brought there first. */
  public void screenshot(Path file) {
    if (!view.shows(box(10))) {
      fit();
    }
    view.screenshot("the graph", file, box(10));
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
            Arrays.stream(nodes).map(NodeHandle::id).toList());
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

  /** Shows the inside of a subgraph's node after a double click on it, as a user does. */
  public void enterByDoubleClick(NodeHandle subgraph) {
    BoundingBox box = subgraph.box();
    new DoubleClick(page.page()).at(box.x + box.width / 2, box.y + box.height - 10);
    page.page().waitForFunction("() => app.canvas.graph !== app.rootGraph");
    page.settle();
  }

  /** Shows the outermost graph after a click on its name in the bar, as a user does. */
  public void leaveByBreadcrumb() {
    page.page().getByTestId("subgraph-breadcrumb-item-root").click();
    page.page().waitForFunction("() => app.canvas.graph === app.rootGraph");
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
    return handles(ids);
  }

  /** Runs a change, lets ComfyUI note it for undo, and waits until it is drawn. */
  Object change(String script, @org.jspecify.annotations.Nullable Object argument) {
    Object result = page.page().evaluate(script, argument);
    noteForUndo();
    return result;
  }

  /** Has ComfyUI note what changed, once it is drawn. */
  void noteForUndo() {
    page.settle();
    page.page().evaluate(NOTE_FOR_UNDO);
  }
}
