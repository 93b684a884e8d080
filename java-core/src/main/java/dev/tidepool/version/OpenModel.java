package dev.tidepool.version;

import dev.tidepool.resolution.Offer;
import java.util.List;

/**
 * A model of a workflow whose file is not known.
 *
 * @param workflow the workflow's name
 * @param type the node's class
 * @param value what stands in the workflow
 * @param folder the folder that ComfyUI looks into
 * @param offers files that come into question; the likeliest first
 */
public record OpenModel(
    String workflow, String type, String value, String folder, List<Offer> offers) {
  /** Copies the list. */
  public OpenModel {
    offers = List.copyOf(offers);
  }
}
