package dev.tidepool.node;

import dev.tidepool.environment.Environment;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.Texts;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.nodepack.PackRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The node packs of one environment. Each call changes the environment whole or not at all: a
 * failure anywhere leaves it as it was, and what was downloaded in the cache. For one thread.
 */
public final class NodePacks {
  private final Environment environment;
  private final NodeTools tools;
  private final Questions questions;

  /** The packs of an environment. */
  public NodePacks(Environment environment, NodeTools tools, Questions questions) {
    this.environment = environment;
    this.tools = tools;
    this.questions = questions;
  }

  /**
   * Adds packs, resolved together.
   *
   * @throws TidepoolException {@code node-request-invalid}, {@code node-already-added}, the codes
   *     of {@link Conflict}s, {@code dependencies-conflict}, {@code environment-changed}, {@code
   *     node-script-failed}, and those of {@link dev.tidepool.nodepack.Packs}
   */
  public List<AddedPack> add(AddRequest request, Steps steps) {
    List<PackRequest> wanted =
        request.packs().stream()
            .map(text -> PackRequest.parse(text, request.development()))
            .toList();
    Manifest manifest = Manifest.read(environment.pyproject());
    List<Incoming> incoming =
        StorageFailures.translate(
            "look into " + environment.customNodes(),
            () -> {
              Selecting selecting =
                  new Selecting(
                      environment, manifest.nodes(), tools.packs(), questions, request.force());
              List<Incoming> selected = new ArrayList<>();
              for (PackRequest each : wanted) {
                selected.add(selecting.select(each, steps));
              }
              requireDifferent(selected);
              return selected;
            });
    return new Placing(environment, tools, questions, request)
        .place("node add", manifest, incoming, steps);
  }

  /**
   * Removes packs. A folder that the user works on stays, disabled; one that was changed goes to
   * the trash.
   *
   * @param names ids or names of folders, in any case
   * @throws TidepoolException {@code node-not-found}, and those of {@link #add}
   */
  public List<RemovedPack> remove(List<String> names, Steps steps) {
    return new Removing(environment, tools).remove(ids(names), steps);
  }

  /**
   * What updating would change, without changing anything.
   *
   * @param names ids or names of folders; all packs when there are none
   * @throws TidepoolException {@code node-not-found}
   */
  public List<PackUpdate> updates(List<String> names, Steps steps) {
    return StorageFailures.translate(
        "look into " + environment.customNodes(),
        () ->
            new Updating(environment, tools)
                .updates(Manifest.read(environment.pyproject()), ids(names), steps));
  }

  /**
   * Updates packs, resolved together: of the registry to the newest version, of git to the newest
   * commit of their branch, folders that the user works on to what they ask for now.
   *
   * @param names ids or names of folders; all packs when there are none
   * @throws TidepoolException as {@link #add} and {@link #updates}
   */
  public List<AddedPack> update(List<String> names, AddRequest how, Steps steps) {
    Manifest manifest = Manifest.read(environment.pyproject());
    List<Incoming> incoming =
        StorageFailures.translate(
            "look into " + environment.customNodes(),
            () -> new Updating(environment, tools).incoming(manifest, ids(names), steps));
    return incoming.isEmpty()
        ? List.of()
        : new Placing(environment, tools, questions, how)
            .place("node update", manifest, incoming, steps);
  }

  /** The packs that the environment lists, and how they are. */
  public List<ListedPack> list() {
    return StorageFailures.translate(
        "look into " + environment.customNodes(),
        () -> new Listing(environment, tools.packs().cache()).list());
  }

  private List<String> ids(List<String> names) {
    Map<String, NodeEntry> nodes = Manifest.read(environment.pyproject()).nodes();
    return names.isEmpty()
        ? List.copyOf(nodes.keySet())
        : names.stream().map(name -> id(nodes, name)).distinct().toList();
  }

  private String id(Map<String, NodeEntry> nodes, String name) {
    String key = Texts.key(name);
    return nodes.keySet().stream()
        .filter(id -> Texts.key(id).equals(key))
        .findFirst()
        .or(
            () ->
                nodes.entrySet().stream()
                    .filter(each -> Texts.key(each.getValue().name()).equals(key))
                    .map(Map.Entry::getKey)
                    .findFirst())
        .orElseThrow(
            () ->
                new TidepoolException(
                    ErrorKind.NOT_FOUND,
                    "node-not-found",
                    "The environment "
                        + environment.name()
                        + " has no pack "
                        + Texts.quoted(name)
                        + ".",
                    "tidepool node list shows those that it has."));
  }

  private static void requireDifferent(List<Incoming> selected) {
    Set<String> seen = new TreeSet<>();
    for (Incoming each : selected) {
      if (!seen.add(Texts.key(each.entry().name()))) {
        throw new TidepoolException(
            ErrorKind.USAGE,
            "node-twice",
            "The pack " + each.entry().name() + " is named twice.",
            "Name it once.");
      }
    }
  }
}
