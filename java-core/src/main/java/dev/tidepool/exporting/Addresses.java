package dev.tidepool.exporting;

import dev.tidepool.bundle.BundledModel;
import java.util.List;

/** Tells where models can be downloaded. */
public interface Addresses {
  /**
   * The addresses of a model.
   *
   * @param model with those that the index and the workflows tell, unchecked
   * @return those that go into the bundle; none when nobody knows
   */
  List<String> of(BundledModel model);

  /** Takes what is known, and looks nowhere else. */
  static Addresses asKnown() {
    return BundledModel::sources;
  }
}
