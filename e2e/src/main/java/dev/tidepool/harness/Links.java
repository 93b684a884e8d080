package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Mouse;
import java.util.Map;

/** What is done to the links of a graph. */
final class Links {
  private final ComfyPage page;

  Links(ComfyPage page) {
    this.page = page;
  }

  void connect(NodeHandle from, String output, NodeHandle to, String input) {
    connect(from, slot(from, "outputs", output), to, slot(to, "inputs", input));
  }

  void connect(NodeHandle from, int output, NodeHandle to, int input) {
    page.graph()
        .change(
            """
            ({from, output, to, input}) => {
              const byId = id => app.canvas.graph.nodes.find(node => String(node.id) === id);
              byId(from).connect(output, byId(to), input);
            }
            """,
            Map.of("from", from.id(), "output", output, "to", to.id(), "input", input));
  }

  /** Drags a link with the mouse. */
  void drag(NodeHandle from, String output, NodeHandle to, String input) {
    int target = slot(to, "inputs", input);
    JsonNode begin = place(from, "getOutputPos", slot(from, "outputs", output));
    JsonNode end = place(to, "getInputPos", target);
    Mouse mouse = page.page().mouse();
    mouse.move(begin.path(0).asDouble(), begin.path(1).asDouble());
    mouse.down();
    mouse.move(end.path(0).asDouble(), end.path(1).asDouble(), new Mouse.MoveOptions().setSteps(8));
    mouse.up();
    Patience.until(
        "a link from " + output + " to " + input,
        Patience.USUAL,
        () -> source(to, target).equals(from.id()));
    page.settle();
  }

  /** The id of the node that feeds an input, or an empty text. */
  private static String source(NodeHandle node, int input) {
    return node.read("node.graph.getLink(node.inputs[argument].link)?.origin_id ?? ''", input)
        .asText();
  }

  String source(NodeHandle node, String input) {
    return source(node, slot(node, "inputs", input));
  }

  void reroute(NodeHandle node, String input, int x, int y) {
    page.graph()
        .change(
            """
            ({id, input, x, y}) => {
              const graph = app.canvas.graph;
              const node = graph.nodes.find(node => String(node.id) === id);
              graph.createReroute([x, y], graph.getLink(node.inputs[input].link));
            }
            """,
            Map.of("id", node.id(), "input", slot(node, "inputs", input), "x", x, "y", y));
  }

  void disconnect(NodeHandle node, String input) {
    page.graph()
        .change(
            """
            ({id, input}) =>
              app.canvas.graph.nodes.find(node => String(node.id) === id).disconnectInput(input)
            """,
            Map.of("id", node.id(), "input", slot(node, "inputs", input)));
  }

  private static JsonNode place(NodeHandle node, String method, int slot) {
    return node.read("app.canvasPosToClientPos(node." + method + "(argument))", slot);
  }

  /** The place of a slot among the node's inputs or outputs. */
  private static int slot(NodeHandle node, String side, String name) {
    JsonNode names = node.read("node." + side + ".map(slot => slot.name)", "");
    for (int i = 0; i < names.size(); i++) {
      if (names.path(i).asText().equals(name)) {
        return i;
      }
    }
    throw new AssertionError("no slot " + name + " among the " + side + " " + names);
  }
}
