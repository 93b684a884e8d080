package dev.tidepool.importing;

import dev.tidepool.bundle.Bundle;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.RepositoryUrl;
import dev.tidepool.http.AddressRule;
import dev.tidepool.importing.PlannedPack.State;
import dev.tidepool.io.Steps;
import dev.tidepool.io.Texts;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.NodeSource;
import dev.tidepool.nodepack.FoundPack;
import dev.tidepool.nodepack.PackRequest;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.process.Secrets;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out how each node pack of a bundle can be had. What the bundle says of the registry's
 * archives is not believed: the registry itself is asked by id and version.
 */
final class PackPlanning {
  private final Bundle bundle;
  private final Packs packs;
  private final AddressRule rule;

  PackPlanning(Bundle bundle, Packs packs, AddressRule rule) {
    this.bundle = bundle;
    this.packs = packs;
    this.rule = rule;
  }

  List<PlannedPack> plan(Map<String, NodeEntry> nodes, boolean skip, Steps steps) {
    List<PlannedPack> planned = new ArrayList<>();
    nodes.forEach(
        (id, entry) -> {
          requireAllowed(id, entry);
          planned.add(
              skip
                  ? new PlannedPack(id, entry, State.SKIPPED, Optional.empty(), "")
                  : plan(id, entry, steps));
        });
    return planned;
  }

  private PlannedPack plan(String id, NodeEntry entry, Steps steps) {
    if (entry.source() == NodeSource.DEVELOPMENT) {
      return bundle.under("dev_nodes/" + entry.name()).isEmpty()
          ? missing(id, entry, "its source is not in the bundle")
          : new PlannedPack(id, entry, State.DEVELOPMENT, Optional.empty(), "");
    }
    FoundPack said = FoundPack.of(entry).orElseThrow();
    if (packs.cache().holds(said)) {
      return new PlannedPack(id, entry, State.CACHED, Optional.of(said), "");
    }
    if (entry.source() == NodeSource.GIT) {
      boolean exact = said.version().filter(text -> text.matches("[0-9a-f]{40}")).isPresent();
      return exact && said.repository().isPresent()
          ? new PlannedPack(id, entry, State.DOWNLOAD, Optional.of(said), "")
          : missing(id, entry, "the bundle does not say its repository and commit");
    }
    try {
      String registered = entry.registryId().orElse(id);
      FoundPack found = packs.find(new PackRequest.Registered(registered, entry.version()), steps);
      State state = packs.cache().holds(found) ? State.CACHED : State.DOWNLOAD;
      return new PlannedPack(id, entry, state, Optional.of(found), "");
    } catch (TidepoolException e) {
      if (e.kind() == ErrorKind.UNAVAILABLE || e.kind() == ErrorKind.STOPPED) {
        throw e;
      }
      return missing(id, entry, e.text());
    }
  }

  private static PlannedPack missing(String id, NodeEntry entry, String reason) {
    return new PlannedPack(id, entry, State.MISSING, Optional.empty(), reason);
  }

  private void requireAllowed(String id, NodeEntry entry) {
    entry.downloadUrl().ifPresent(text -> require(id, text, text));
    if (entry.source() == NodeSource.GIT) {
      entry.repository().ifPresent(text -> require(id, text, RepositoryUrl.parse(text).https()));
    }
  }

  private void require(String id, String shown, String address) {
    Optional<String> objection;
    try {
      objection = rule.objection(URI.create(address));
    } catch (IllegalArgumentException e) {
      objection = Optional.of("no address");
    } catch (IOException e) {
      // A host that nobody knows hands out nothing.
      objection = Optional.empty();
    }
    if (objection.isPresent()) {
      throw new TidepoolException(
          ErrorKind.FORBIDDEN,
          "bundle-address-refused",
          "The bundle takes the node pack "
              + Texts.quoted(id)
              + " from "
              + Texts.quoted(Secrets.hidden(shown))
              + ", which is "
              + objection.get()
              + ".",
          "When you trust it and the address is of your own network: --allow-private.");
    }
  }
}
