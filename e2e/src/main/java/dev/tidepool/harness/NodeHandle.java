package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One node of the graph on screen, found anew by its id at every use: it stays valid over undo and
 * reload, which make new nodes with the old ids.
 */
public final class NodeHandle {
  private final ComfyPage page;
  private final String id;

  NodeHandle(ComfyPage page, String id) {
    this.page = page;
    this.id = id;
  }

  /** The node's id in its graph. */
  public String id() {
    return id;
  }

  /** The page that shows it. */
  public ComfyPage page() {
    return page;
  }

  /** The elements in the node's widgets that match, in both render modes. */
  public Locator locator(String css) {
    return page.page().locator(NodeSelectors.inNode(id, css));
  }

  /** The node's own element, which it has in Nodes 2.0 only. */
  Locator element() {
    return page.page().locator("[data-node-id='" + id + "']");
  }

  /** What the node's title reads. */
  public String title() {
    return read("node.getTitle()", "").asText();
  }

  /** Gives the node a title. */
  public void setTitle(String title) {
    page.graph()
        .change(
            """
            ({id, title}) => {
              app.canvas.graph.nodes.find(node => String(node.id) === id).title = title;
              app.canvas.setDirty(true, true);
            }
            """,
            Map.of("id", id, "title", title));
  }

  /** Selects the node with a click on its title, as a user does. */
  public void click() {
    double[] handle = handle();
    page.page().mouse().click(handle[0], handle[1]);
    Patience.until(
        "node " + id + " to be selected",
        Patience.USUAL,
        () -> page.graph().selected().stream().anyMatch(node -> node.id().equals(id)));
    page.settle();
  }

  /** Where the upper left corner of its body is, in units of the graph: x, then y. */
  public List<Double> position() {
    JsonNode place = read("[...node.pos]", "");
    return List.of(place.path(0).asDouble(), place.path(1).asDouble());
  }

  /**
   * Drags the node by its title, as a user does, until the upper left corner of its body is at a
   * place in units of the graph. Both ends of the way have to be on screen.
   */
  public void dragTo(int x, int y) {
    double scale = read("app.canvas.ds.scale", "").asDouble();
    double right = (x - position().get(0)) * scale;
    double down = (y - position().get(1)) * scale;
    double[] handle = handle();
    Mouse mouse = page.page().mouse();
    mouse.move(handle[0], handle[1]);
    mouse.down();
    mouse.move(handle[0] + right, handle[1] + down, new Mouse.MoveOptions().setSteps(8));
    mouse.up();
    Patience.until(
        "node " + id + " to be at " + x + ", " + y,
        Patience.USUAL,
        () -> Math.abs(position().get(0) - x) <= 1 && Math.abs(position().get(1) - y) <= 1);
    page.settle();
  }

  /** A place on the title to take the node by. */
  private double[] handle() {
    BoundingBox box = box();
    double scale = read("app.canvas.ds.scale", "").asDouble();
    return new double[] {box.x + Math.min(80 * scale, box.width / 2), box.y + 14 * scale};
  }

  /** What the page got from the node's last run to show, such as {@code images}. */
  public JsonNode outputs() {
    return read(
        "app.nodeOutputs[node.graph === app.rootGraph ? node.id : node.graph.id + ':' + node.id]",
        "");
  }

  /** Takes a picture of the node, which has to be on screen as a whole. */
  public void screenshot(Path file) {
    BoundingBox part = page.mode().usesElements() ? element().boundingBox() : box();
    new View(page).screenshot("node " + id, file, part);
  }

  /** A widget's control, to be worked by mouse and keyboard. */
  public WidgetHandle control(String widget) {
    return new WidgetHandle(this, widget);
  }

  /** A widget's value. */
  public JsonNode widget(String name) {
    return read("node.widgets.find(widget => widget.name === argument)?.value", name);
  }

  /** Sets a widget as its control would, callback included. */
  public void setWidget(String name, Object value) {
    page.graph()
        .change(
            """
            ({id, name, value}) => {
              const node = app.canvas.graph.nodes.find(node => String(node.id) === id);
              const widget = node.widgets.find(widget => widget.name === name);
              widget.value = value;
              widget.callback?.(value, app.canvas, node);
            }
            """,
            Map.of("id", id, "name", name, "value", value));
  }

  /** Sets the node's mode: 0 runs, 2 is muted, 4 is bypassed. */
  public void setMode(int mode) {
    page.graph()
        .change(
            """
            ({id, mode}) => {
              app.canvas.graph.nodes.find(node => String(node.id) === id).mode = mode;
              app.canvas.setDirty(true, true);
            }
            """,
            Map.of("id", id, "mode", mode));
  }

  /** Gives the node a size, in units of the graph. */
  public void resize(int width, int height) {
    page.graph()
        .change(
            """
            ({id, width, height}) =>
              app.canvas.graph.nodes.find(node => String(node.id) === id).setSize([width, height])
            """,
            Map.of("id", id, "width", width, "height", height));
  }

  /** Deletes the node, as the key Delete does. */
  public void delete() {
    page.graph()
        .change(
            """
            id => {
              const graph = app.canvas.graph;
              graph.remove(graph.nodes.find(node => String(node.id) === id));
            }
            """,
            id);
  }

  /** Whether the node is in the graph on screen. */
  public boolean exists() {
    return (boolean)
        page.page()
            .evaluate("id => app.canvas.graph.nodes.some(node => String(node.id) === id)", id);
  }

  /** Where the node is on screen, title and all. */
  public BoundingBox box() {
    JsonNode box =
        read(
            """
            (() => {
              const [x, y, width, height] = node.getBounding();
              const [left, top] = app.canvasPosToClientPos([x, y]);
              const scale = app.canvas.ds.scale;
              return [left, top, width * scale, height * scale];
            })()
            """,
            "");
    BoundingBox result = new BoundingBox();
    result.x = box.path(0).asDouble();
    result.y = box.path(1).asDouble();
    result.width = box.path(2).asDouble();
    result.height = box.path(3).asDouble();
    return result;
  }

  /** Opens the node's menu, with a right click on its title. */
  public void openMenu() {
    BoundingBox box = box();
    page.page()
        .mouse()
        .click(
            box.x + box.width / 2,
            box.y + 14,
            new com.microsoft.playwright.Mouse.ClickOptions()
                .setButton(com.microsoft.playwright.options.MouseButton.RIGHT));
  }

  /** Evaluates an expression over {@code node} and {@code argument}. */
  public JsonNode read(String expression, Object argument) {
    Object text =
        page.page()
            .evaluate(
                "({id, argument}) => { const node = app.canvas.graph.nodes.find(node =>"
                    + " String(node.id) === id); return JSON.stringify("
                    + expression
                    + ") ?? 'null'; }",
                Map.of("id", id, "argument", argument));
    return Script.tree(text);
  }
}
