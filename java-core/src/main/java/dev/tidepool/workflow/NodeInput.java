package dev.tidepool.workflow;

/**
 * One entry of a node's {@code inputs}.
 *
 * @param widget the name of the widget that the input stands for; empty when it is none
 * @param link the id of the link that ends here; empty when nothing is linked
 */
public record NodeInput(String name, String widget, String link) {
  /** Whether a link ends here. */
  public boolean linked() {
    return !link.isEmpty();
  }
}
