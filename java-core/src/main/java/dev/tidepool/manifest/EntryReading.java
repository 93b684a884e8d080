package dev.tidepool.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the entries of a manifest in all forms that were ever written. */
final class EntryReading {
  private EntryReading() {}

  static NodeEntry node(String id, Fields fields) {
    return new NodeEntry(
        fields.text("name").filter(name -> !name.isEmpty()).orElse(id),
        fields.text("registry_id"),
        fields.text("repository"),
        fields.text("version"),
        source(fields),
        fields.text("download_url"),
        fields.texts("dependency_sources"),
        fields.text("branch"),
        fields.text("pinned_commit"));
  }

  private static NodeSource source(Fields fields) {
    return switch (fields.text("source").orElse("")) {
      case "registry" -> NodeSource.REGISTRY;
      case "git", "github" -> NodeSource.GIT;
      case "development", "dev" -> NodeSource.DEVELOPMENT;
      default -> guess(fields);
    };
  }

  private static NodeSource guess(Fields fields) {
    if (fields.text("version").equals(Optional.of("dev"))) {
      return NodeSource.DEVELOPMENT;
    }
    if (fields.text("registry_id").isPresent()) {
      return NodeSource.REGISTRY;
    }
    return fields.text("repository").isPresent() ? NodeSource.GIT : NodeSource.DEVELOPMENT;
  }

  static WorkflowEntry workflow(String name, Fields fields) {
    List<WorkflowModel> models = new ArrayList<>();
    for (Fields model : fields.tables("models")) {
      models.add(model(model));
    }
    return new WorkflowEntry(
        fields.text("path").orElse("workflows/" + name + ".json"),
        fields.texts("nodes"),
        models,
        fields.in("custom_node_map").table());
  }

  private static WorkflowModel model(Fields fields) {
    List<NodeRef> nodes = new ArrayList<>();
    for (Fields node : fields.tables("nodes")) {
      nodes.add(
          new NodeRef(
              node.text("node_id").orElse(""),
              node.text("node_type").orElse(""),
              (int) node.number("widget_idx"),
              node.text("widget_value").orElse("")));
    }
    return new WorkflowModel(
        fields.text("filename").orElse(""),
        fields.text("category").orElse("unknown"),
        fields.text("criticality").orElse("flexible"),
        fields.text("status").orElse(WorkflowModel.RESOLVED),
        nodes,
        fields.text("hash"),
        fields.texts("sources"),
        fields.text("relative_path"));
  }

  static ModelEntry model(String hash, Fields fields) {
    return new ModelEntry(
        hash,
        fields.text("filename").orElse(""),
        fields.number("size"),
        fields.text("relative_path").orElse(""),
        fields.text("category").orElse("unknown"),
        fields.texts("sources"));
  }
}
