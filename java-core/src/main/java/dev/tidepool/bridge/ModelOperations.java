package dev.tidepool.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelFolder;
import dev.tidepool.loader.ModelLists;
import dev.tidepool.loader.NodeFacts;
import dev.tidepool.resolution.Contents;
import dev.tidepool.resolution.ModelHash;
import dev.tidepool.resolution.NamedModel;
import dev.tidepool.resolution.Offer;
import dev.tidepool.resolution.Offering;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The operation {@code model.offers}: which files of this machine the names of models in a workflow
 * may mean. It takes {@code references}, {@code nodes} (a text: for the node types concerned what
 * ComfyUI's {@code /object_info} says) and {@code folders}, and answers in the order of the
 * references, with {@code folder} null for an input that takes no models:
 *
 * <pre>{@code
 * {"references": [{"type": "CheckpointLoaderSimple", "input": "ckpt_name", "value": "sea.safetensors",
 *                  "hashes": [{"type": "SHA256", "hash": "9f…"}]}],
 *  "folders": [{"name": "checkpoints", "roots": ["/…/models/checkpoints"], "extensions": [".safetensors"],
 *               "files": ["sd15/sea.safetensors"]}]}
 *
 * {"references": [{"folder": "checkpoints", "offers": [
 *   {"value": "sd15/sea.safetensors", "reason": "same-name", "certain": true, "bytes": 2132625894}]}]}
 * }</pre>
 */
final class ModelOperations {
  private final Contents contents;

  ModelOperations(Contents contents) {
    this.contents = contents;
  }

  Map<String, Operation> table() {
    return Map.of("model.offers", this::offers);
  }

  private JsonNode offers(Arguments arguments) {
    Map<String, ModelFolder> folders = new LinkedHashMap<>();
    Map<String, List<String>> files = new HashMap<>();
    Map<String, List<Path>> directories = new HashMap<>();
    for (Arguments folder : arguments.objects("folders")) {
      String name = folder.text("name");
      Set<String> extensions = Set.copyOf(folder.texts("extensions"));
      folders.put(name, new ModelFolder(name, folder.texts("roots"), extensions));
      files.put(name, folder.texts("files"));
      directories.put(name, folder.paths("roots"));
    }
    byte[] nodes = arguments.text("nodes").getBytes(StandardCharsets.UTF_8);
    Loaders loaders = NodeFacts.told(nodes, folders, files).refine(Loaders.builtIn());
    Offering offering = new Offering(loaders, new ModelLists(files, directories), contents);
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("references");
    for (Arguments reference : arguments.objects("references")) {
      list.add(describe(offering, offering.of(named(reference))));
    }
    return answer;
  }

  private static NamedModel named(Arguments reference) {
    List<ModelHash> hashes =
        reference.objects("hashes").stream()
            .map(hash -> new ModelHash(hash.text("type"), hash.text("hash")))
            .toList();
    return new NamedModel(
        reference.text("type"), reference.text("input"), reference.text("value"), hashes);
  }

  private static ObjectNode describe(Offering offering, Optional<Offering.Offered> offered) {
    ObjectNode node = Json.object();
    node.put("folder", offered.map(Offering.Offered::folder).orElse(null));
    ArrayNode offers = node.putArray("offers");
    for (Offer offer : offered.map(Offering.Offered::offers).orElse(List.of())) {
      ObjectNode described = offers.addObject();
      described.put("value", offer.value());
      described.put("reason", offer.reason().code());
      described.put("certain", offer.reason().certain());
      offering
          .bytes(offered.map(Offering.Offered::folder).orElse(""), offer.value())
          .ifPresent(bytes -> described.put("bytes", bytes));
    }
    return node;
  }
}
