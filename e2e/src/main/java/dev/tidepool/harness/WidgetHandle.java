package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.jspecify.annotations.Nullable;

/**
 * The control of a widget of ComfyUI's own, worked by mouse and keyboard as a user does, in both
 * render modes: numbers, texts, choices, switches and buttons. Widgets that a pack draws with its
 * own elements are found with {@link NodeHandle#locator}.
 */
public final class WidgetHandle {
  private final NodeHandle node;
  private final String name;

  WidgetHandle(NodeHandle node, String name) {
    this.node = node;
    this.name = name;
  }

  /** The widget's value. */
  public JsonNode value() {
    return node.widget(name);
  }

  /** Types a text or number in place of what is there, and waits until the widget has it. */
  public void type(String text) {
    ElementHandle field =
        node.page().mode().usesElements()
            ? row().locator("textarea, input").first().elementHandle()
            : element();
    if (field == null) {
      typeIntoPrompt(text);
    } else {
      field.focus();
      field.press("Control+a");
      field.press("Delete");
      node.page().page().keyboard().type(text);
      field.evaluate("field => field.blur()");
    }
    awaitValue(text);
  }

  /** The canvas has no fields: it opens one for the widget. */
  private void typeIntoPrompt(String text) {
    double[] place = place();
    // One click changes a number by a step; a text's field opens at the first of the two.
    new DoubleClick(node.page().page()).at(place[0], place[1]);
    Locator field = node.page().page().locator(".graphdialog input").last();
    field.fill(text);
    field.press("Enter");
  }

  /** Chooses an option by its text from the widget's list. */
  public void choose(String option) {
    Page page = node.page().page();
    if (!node.page().mode().usesElements()) {
      click();
      page.locator(".litecontextmenu .litemenu-entry").getByText(option, exactly()).click();
    } else if (row().getByRole(AriaRole.COMBOBOX).count() > 0) {
      row().getByRole(AriaRole.COMBOBOX).click();
      page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option).setExact(true))
          .click();
    } else {
      // Lists of files show pictures.
      row().getByRole(AriaRole.BUTTON).first().click();
      page.getByTestId("form-dropdown-menu").getByAltText(option, byAltText()).click();
    }
    awaitValue(option);
  }

  /** Turns a switch on or off; one that is so already stays. */
  public void toggle(boolean on) {
    if (value().asBoolean() != on) {
      if (node.page().mode().usesElements()) {
        row().getByRole(AriaRole.SWITCH).click();
      } else {
        click();
      }
    }
    awaitValue(Boolean.toString(on));
  }

  /** Presses a button. */
  public void press() {
    if (node.page().mode().usesElements()) {
      row().getByRole(AriaRole.BUTTON).first().click();
    } else {
      click();
    }
    node.page().settle();
  }

  private void click() {
    double[] place = place();
    node.page().page().mouse().click(place[0], place[1]);
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static Locator.GetByAltTextOptions byAltText() {
    return new Locator.GetByAltTextOptions().setExact(true);
  }

  private void awaitValue(String text) {
    Patience.until(
        "the widget " + name + " to have the value " + text, Patience.USUAL, () -> has(text));
    // A user's next click does so; a number's field in Nodes 2.0 gives none of its own.
    node.page().graph().noteForUndo();
  }

  private boolean has(String text) {
    JsonNode value = value();
    if (value.isNumber()) {
      return value.asDouble() == Double.parseDouble(text);
    }
    return value.asText().equals(text);
  }

  /** The part of a node's element that shows the widget; advanced ones are unfolded for it. */
  private Locator row() {
    Locator element = node.element();
    Locator row =
        element.getByTestId("node-widget").filter(new Locator.FilterOptions().setHas(label()));
    Locator unfold = element.getByTestId("advanced-inputs-button");
    if (row.count() == 0 && unfold.count() > 0) {
      unfold.click();
    }
    return row;
  }

  private Locator label() {
    String text =
        node.read("(w => w?.label || w?.name)(node.widgets.find(w => w.name === argument))", name)
            .asText();
    return node.page().page().getByText(text, new Page.GetByTextOptions().setExact(true));
  }

  /** The field that lies over the canvas, when the widget has one. */
  private @Nullable ElementHandle element() {
    return node.page()
        .page()
        .evaluateHandle(
            """
            ({id, name}) => app.canvas.graph.nodes.find(node => String(node.id) === id)
              .widgets.find(widget => widget.name === name).element ?? null
            """,
            java.util.Map.of("id", node.id(), "name", name))
        .asElement();
  }

  /** Where the canvas draws the widget: its middle on screen. */
  private double[] place() {
    JsonNode place =
        node.read(
            """
            (() => {
              const widget = node.widgets.find(widget => widget.name === argument);
              const height = widget.computedHeight ?? 20;
              return app.canvasPosToClientPos([
                node.pos[0] + node.size[0] / 2,
                node.pos[1] + (widget.last_y ?? widget.y) + height / 2,
              ]);
            })()
            """,
            name);
    return new double[] {place.path(0).asDouble(), place.path(1).asDouble()};
  }
}
