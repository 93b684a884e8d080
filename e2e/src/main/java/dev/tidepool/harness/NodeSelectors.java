package dev.tidepool.harness;

import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Selectors;

/**
 * A selector engine that finds what a node draws with elements of its own, in both render modes:
 * {@code comfy-node=5 .name} are the elements with the class in the widgets of node 5 of the graph
 * on screen. The widgets' own elements count too.
 */
final class NodeSelectors {
  private static final String ENGINE =
      """
      {
        queryAll(root, selector) {
          const [, id, css] = /^(\\S+)\\s+(.*)$/s.exec(selector);
          const nodes = window.app?.canvas?.graph?.nodes ?? [];
          const widgets = nodes.find((node) => String(node.id) === id)?.widgets ?? [];
          const elements = widgets
            .map((widget) => widget.element)
            .filter((element) => element instanceof Element && element.isConnected);
          return elements.flatMap((element) => [
            ...(element.matches(css) ? [element] : []),
            ...element.querySelectorAll(css),
          ]);
        },
        query(root, selector) {
          return this.queryAll(root, selector)[0] ?? null;
        },
      }
      """;

  private NodeSelectors() {}

  static void register(Playwright playwright) {
    // In the page's own world, for the graph is there.
    playwright
        .selectors()
        .register("comfy-node", ENGINE, new Selectors.RegisterOptions().setContentScript(false));
  }

  static String inNode(String id, String css) {
    return "comfy-node=" + id + " " + css;
  }
}
