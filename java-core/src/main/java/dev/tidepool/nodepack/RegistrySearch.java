package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.io.Texts;
import java.util.List;
import java.util.Optional;

/** Turns an id, and perhaps a version, into exactly one state of a pack of the registry. */
final class RegistrySearch {
  private static final int MOST_SHOWN = 5;

  private final Registry registry;
  private final Steps steps;

  RegistrySearch(Registry registry, Steps steps) {
    this.registry = registry;
    this.steps = steps;
  }

  FoundPack find(PackRequest.Registered request) {
    RegistryPack pack =
        registry.pack(request.id(), steps).orElseThrow(() -> notFound(request.id()));
    if (pack.banned().isPresent()) {
      throw new TidepoolException(
          ErrorKind.FORBIDDEN,
          "node-banned",
          "The registry has withdrawn " + pack.id() + " (" + pack.banned().get() + ").",
          "When you trust it all the same, add it by the URL of its git repository.");
    }
    Optional<String> wanted = request.version().or(pack::latest);
    RegistryVersion version =
        registry
            .version(pack.id(), wanted, steps)
            .orElseThrow(() -> noVersion(pack, request.version()));
    version
        .warning()
        .ifPresent(
            warning ->
                steps.note(
                    "The registry calls "
                        + pack.id()
                        + " "
                        + version.version()
                        + " "
                        + warning
                        + "."));
    return new FoundPack(
        folder(pack.name(), pack.id()),
        FoundPack.Origin.REGISTRY,
        Optional.of(pack.id()),
        pack.repository(),
        Optional.of(version.version()),
        version.download().map(Object::toString),
        Optional.empty());
  }

  /** The folder as ComfyDock names it, by what people call the pack, where that can be a name. */
  static String folder(String name, String id) {
    String nfc = Texts.nfc(name);
    return PackNames.isFolder(nfc) ? nfc : PackNames.folder(id);
  }

  private static TidepoolException notFound(String id) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "node-not-found",
        "The registry has no pack " + Texts.quoted(id) + ".",
        "Look it up at https://registry.comfy.org, or give the URL of its git repository.");
  }

  private TidepoolException noVersion(RegistryPack pack, Optional<String> version) {
    List<String> known =
        registry.versions(pack.id(), steps).stream().map(RegistryVersion::version).toList();
    String hint =
        known.isEmpty()
            ? "The registry lists no version of it; give the URL of its git repository."
            : "It has "
                + String.join(", ", known.subList(0, Math.min(MOST_SHOWN, known.size())))
                + ".";
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "node-version-not-found",
        "The registry has no "
            + version.map(v -> "version " + Texts.quoted(v)).orElse("version")
            + " of "
            + pack.id()
            + ".",
        hint);
  }
}
