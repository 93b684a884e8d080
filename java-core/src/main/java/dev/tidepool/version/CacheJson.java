package dev.tidepool.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How {@link StatusCache} writes down workflows. */
final class CacheJson {
  private CacheJson() {}

  static ObjectNode write(Examined examined) {
    ObjectNode json = JsonTree.object();
    json.set("live", copy(examined.live()));
    json.set("committed", copy(examined.committed()));
    json.put("seen", examined.seen());
    TrackedWorkflow result = examined.result();
    json.put("name", result.name());
    json.put("state", result.state().code());
    result.facts().ifPresent(facts -> json.set("facts", facts(facts)));
    result.edits().ifPresent(edits -> json.set("edits", edits(edits)));
    result
        .problem()
        .ifPresent(
            problem -> {
              ArrayNode list = json.putArray("problem").add(problem.code()).add(problem.message());
              problem.hints().forEach(list::add);
            });
    return json;
  }

  static Examined examined(JsonNode json) {
    TrackedWorkflow result =
        new TrackedWorkflow(
            json.path("name").asText(),
            SyncState.valueOf(json.path("state").asText().toUpperCase(Locale.ROOT)),
            Optional.of(json.path("facts")).filter(JsonNode::isArray).map(CacheJson::facts),
            Optional.of(json.path("edits")).filter(JsonNode::isArray).map(CacheJson::edits),
            Optional.of(json.path("problem")).filter(JsonNode::isArray).map(CacheJson::problem));
    return new Examined(
        copy(json.path("live")), copy(json.path("committed")), json.path("seen").asLong(), result);
  }

  private static ArrayNode copy(Examined.Copy copy) {
    return JsonTree.list().add(copy.stamp()).add(copy.digest());
  }

  private static Examined.Copy copy(JsonNode json) {
    return new Examined.Copy(json.path(0).asText(), json.path(1).asText());
  }

  private static ArrayNode facts(WorkflowFacts facts) {
    ArrayNode json = JsonTree.list().add(facts.nodes());
    ArrayNode models = json.addArray();
    for (NeededModel model : facts.models()) {
      models
          .addArray()
          .add(model.type())
          .add(model.input())
          .add(model.value())
          .add(model.folder())
          .add(model.active());
    }
    ArrayNode packs = json.addArray();
    for (NeededPack pack : facts.packs()) {
      packs.addArray().add(pack.type()).add(pack.registryId()).add(pack.repository());
    }
    return json.add(facts.unknownModels());
  }

  private static WorkflowFacts facts(JsonNode json) {
    List<NeededModel> models = new ArrayList<>();
    for (JsonNode model : json.path(1)) {
      models.add(
          new NeededModel(
              model.path(0).asText(),
              model.path(1).asText(),
              model.path(2).asText(),
              model.path(3).asText(),
              model.path(4).asBoolean()));
    }
    List<NeededPack> packs = new ArrayList<>();
    for (JsonNode pack : json.path(2)) {
      packs.add(
          new NeededPack(pack.path(0).asText(), pack.path(1).asText(), pack.path(2).asText()));
    }
    return new WorkflowFacts(json.path(0).asInt(), models, packs, json.path(3).asInt());
  }

  private static ArrayNode edits(WorkflowEdits edits) {
    return JsonTree.list()
        .add(texts(edits.modelsAdded()))
        .add(texts(edits.modelsRemoved()))
        .add(texts(edits.nodesAdded()))
        .add(texts(edits.nodesRemoved()))
        .add(texts(edits.values()))
        .add(edits.valueCount())
        .add(edits.links())
        .add(edits.layout());
  }

  private static WorkflowEdits edits(JsonNode json) {
    return new WorkflowEdits(
        texts(json.path(0), 0),
        texts(json.path(1), 0),
        texts(json.path(2), 0),
        texts(json.path(3), 0),
        texts(json.path(4), 0),
        json.path(5).asInt(),
        json.path(6).asInt(),
        json.path(7).asBoolean());
  }

  private static Problem problem(JsonNode json) {
    return new Problem(json.path(0).asText(), json.path(1).asText(), texts(json, 2));
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode list = JsonTree.list();
    texts.forEach(list::add);
    return list;
  }

  private static List<String> texts(JsonNode list, int from) {
    List<String> texts = new ArrayList<>();
    for (int i = from; i < list.size(); i++) {
      texts.add(list.path(i).asText());
    }
    return texts;
  }
}
