package dev.tidepool.cli;

import dev.tidepool.bundle.BundledModel;
import dev.tidepool.exporting.Addresses;
import dev.tidepool.io.Steps;
import dev.tidepool.origin.Address;
import dev.tidepool.origin.Doubt;
import dev.tidepool.origin.Located;
import dev.tidepool.origin.Origins;
import dev.tidepool.origin.WantedModel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks models up by their content, and checks the addresses that are known of them. One whose
 * server cannot be asked stays as it is: the export has to work without a network.
 */
final class LookedUpAddresses implements Addresses, AskedAddresses.Check {
  private static final Set<String> UNASKED =
      Set.of("origin-unreachable", "origin-busy", "origin-needs-token", "needs-token");

  private final Origins origins;
  private final Set<String> said = new LinkedHashSet<>();
  private boolean begun;

  LookedUpAddresses(Origins origins) {
    this.origins = origins;
  }

  @Override
  public List<String> of(BundledModel model, Steps steps) {
    if (!begun) {
      steps.begin("Looking up where models can be downloaded");
      begun = true;
    }
    steps.at(model.filename());
    return believed(origins.locate(wanted(model), steps), model, model.sources(), steps);
  }

  @Override
  public List<String> of(String url, BundledModel model, Steps steps) {
    return believed(origins.check(url, wanted(model), steps), model, List.of(url), steps);
  }

  private static WantedModel wanted(BundledModel model) {
    return new WantedModel(
        model.filename(),
        model.size(),
        Optional.of(model.sha256()),
        Optional.of(model.blake3()),
        model.sources());
  }

  private List<String> believed(
      Located located, BundledModel model, List<String> given, Steps steps) {
    Set<String> believed = new LinkedHashSet<>();
    located.addresses().stream().map(Address::url).forEach(believed::add);
    for (Doubt doubt : located.doubts()) {
      boolean isGiven = given.contains(doubt.url());
      boolean kept = isGiven && UNASKED.contains(doubt.reason());
      if (kept) {
        believed.add(doubt.url());
      }
      // What keeps a service from answering is the same for every model.
      if (isGiven || said.add(doubt.url())) {
        steps.note(
            (isGiven ? model.filename() + ": " + doubt.url() + ": " : "")
                + doubt.why()
                + (kept ? "; it is taken as it is." : "."));
      }
    }
    return List.copyOf(believed);
  }
}
