package dev.tidepool.exporting;

import dev.tidepool.bundle.BundledModel;
import dev.tidepool.io.Steps;
import java.util.List;

/** Tells where models can be downloaded. */
public interface Addresses {
  /**
   * The addresses of a model.
   *
   * @param model with those that the index and the workflows tell, unchecked
   * @param steps hears what is wrong with some of them
   * @return those that go into the bundle; none when nobody knows
   */
  List<String> of(BundledModel model, Steps steps);

  /** Takes what is known, and looks nowhere else. */
  static Addresses asKnown() {
    return (model, steps) -> model.sources();
  }
}
