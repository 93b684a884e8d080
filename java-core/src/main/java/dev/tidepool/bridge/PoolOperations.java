package dev.tidepool.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.Progress;
import dev.tidepool.pool.Addition;
import dev.tidepool.pool.NewImage;
import dev.tidepool.pool.Picked;
import dev.tidepool.pool.Pool;
import dev.tidepool.pool.PoolStore;
import dev.tidepool.pool.Refusal;
import dev.tidepool.pool.Slot;
import dev.tidepool.profile.Choices;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The operations {@code pool.…}. All take {@code base}, the absolute folder of the pools, and
 * {@code id}; every change answers with the pool:
 *
 * <pre>{@code
 * {"id": "p1", "revision": "9f…", "active": "cat.png", "slots": [{"name": "cat.png", "label": "cat", "width": 512,
 *  "height": 512, "bytes": 4096, "modified": 1767225600000, "enabled": true, "mask": false}]}
 * }</pre>
 */
final class PoolOperations {
  private final Stores stores;
  private final Events events;

  PoolOperations(Stores stores, Events events) {
    this.stores = stores;
    this.events = events;
  }

  /** A change of a pool by the names of slots. */
  @FunctionalInterface
  private interface Change {
    Pool apply(PoolStore pools, String id, Arguments arguments);
  }

  Map<String, Operation> table() {
    return Map.ofEntries(
        Map.entry("pool.get", change((pools, id, arguments) -> pools.get(id))),
        Map.entry("pool.add", this::add),
        Map.entry("pool.remove", change((pools, id, a) -> pools.remove(id, a.texts("names")))),
        Map.entry("pool.restore", change((pools, id, a) -> pools.restore(id, a.texts("names")))),
        Map.entry("pool.reorder", change((pools, id, a) -> pools.reorder(id, a.texts("names")))),
        Map.entry("pool.activate", change((pools, id, a) -> pools.activate(id, a.text("name")))),
        Map.entry(
            "pool.label",
            change((pools, id, a) -> pools.label(id, a.text("name"), a.text("label")))),
        Map.entry(
            "pool.enable",
            change((pools, id, a) -> pools.enable(id, a.texts("names"), a.flag("enabled")))),
        Map.entry(
            "pool.mask.attach",
            change((pools, id, a) -> pools.attachMask(id, a.text("name"), a.path("file")))),
        Map.entry(
            "pool.mask.remove", change((pools, id, a) -> pools.removeMask(id, a.text("name")))),
        Map.entry("pool.pick", this::pick),
        Map.entry("pool.fingerprint", this::fingerprint),
        Map.entry("pool.image", this::image));
  }

  private Operation change(Change change) {
    return arguments ->
        describe(change.apply(stores.of(arguments).pools(), arguments.text("id"), arguments));
  }

  private JsonNode add(Arguments arguments) {
    return ProgressFeed.during(events, arguments, progress -> add(arguments, progress));
  }

  private JsonNode add(Arguments arguments, Progress progress) {
    PoolStore pools = stores.of(arguments).pools();
    String id = arguments.text("id");
    List<NewImage> images =
        arguments.objects("images").stream()
            .map(image -> new NewImage(image.text("name"), image.path("file")))
            .toList();
    Addition addition = pools.add(id, images, progress);
    ObjectNode answer = Json.object();
    answer.set("pool", describe(pools.get(id)));
    addition.added().forEach(answer.putArray("added")::add);
    ArrayNode refused = answer.putArray("refused");
    addition.refused().forEach(refusal -> refused.add(describe(refusal)));
    return answer;
  }

  private JsonNode fingerprint(Arguments arguments) {
    PoolStore pools = stores.of(arguments).pools();
    String id = arguments.text("id");
    String fingerprint =
        arguments
            .optionalText("name")
            .map(name -> pools.fingerprint(id, name))
            .orElseGet(() -> pools.fingerprint(id));
    return Json.object().put("fingerprint", fingerprint);
  }

  private JsonNode image(Arguments arguments) {
    PoolStore pools = stores.of(arguments).pools();
    String id = arguments.text("id");
    String name = arguments.text("name");
    ObjectNode answer = Json.object();
    answer.put("file", pools.image(id, name).toString());
    answer.put("mask", pools.mask(id, name).map(Path::toString).orElse(null));
    return answer;
  }

  private JsonNode pick(Arguments arguments) {
    Picked picked =
        new Choices(stores.of(arguments))
            .pick(
                arguments.text("id"),
                arguments.optionalNumber("index").orElse(-1),
                arguments.optionalText("slot").orElse(""));
    ObjectNode answer = Json.object();
    answer.put("name", picked.name());
    answer.put("index", picked.index());
    answer.put("count", picked.count());
    answer.put("label", picked.label());
    answer.put("file", picked.file().toString());
    answer.put("mask", picked.mask().map(Path::toString).orElse(null));
    answer.put("fingerprint", picked.fingerprint());
    return answer;
  }

  private static JsonNode describe(Refusal refusal) {
    ObjectNode node = Json.object();
    node.put("name", refusal.name());
    node.set("error", Door.describe(refusal.error()));
    return node;
  }

  private static JsonNode describe(Pool pool) {
    ObjectNode node = Json.object();
    node.put("id", pool.id());
    node.put("revision", pool.revision());
    node.put("active", pool.active());
    ArrayNode slots = node.putArray("slots");
    pool.slots().forEach(slot -> slots.add(describe(slot)));
    return node;
  }

  private static JsonNode describe(Slot slot) {
    ObjectNode node = Json.object();
    node.put("name", slot.name());
    node.put("label", slot.label());
    node.put("width", slot.width());
    node.put("height", slot.height());
    node.put("bytes", slot.bytes());
    node.put("modified", slot.modified());
    node.put("enabled", slot.enabled());
    node.put("mask", slot.mask());
    return node;
  }
}
