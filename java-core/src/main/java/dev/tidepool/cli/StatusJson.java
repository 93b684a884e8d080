package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.python.PackageDifference;
import dev.tidepool.version.ChangedFile;
import dev.tidepool.version.GitState;
import dev.tidepool.version.ModelCheck;
import dev.tidepool.version.NeededPack;
import dev.tidepool.version.PackStatus;
import dev.tidepool.version.Problem;
import dev.tidepool.version.PythonStatus;
import dev.tidepool.version.Status;
import dev.tidepool.version.SyncState;
import dev.tidepool.version.TrackedWorkflow;
import dev.tidepool.version.WorkflowEdits;
import dev.tidepool.version.WorkflowStatus;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Writes the status of an environment for programs. */
final class StatusJson {
  private final JsonGenerator generator;

  StatusJson(JsonGenerator generator) {
    this.generator = generator;
  }

  /**
   * Writes it.
   *
   * @param waiting how many models of the workspace wait to be downloaded
   */
  void write(Status status, int waiting) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("environment", status.environment());
    generator.writeStringField("version", status.version().orElse(null));
    generator.writeBooleanField("changes", status.hasChanges());
    generator.writeBooleanField("ready", status.isReady());
    texts("reasons", status.reasons());
    generator.writeNumberField("waitingModels", waiting);
    if (status.manifest().isPresent()) {
      Problem problem = status.manifest().get();
      generator.writeFieldName("manifestError");
      JsonAnswer.writeError(generator, problem.code(), problem.message(), problem.hints());
    }
    generator.writeObjectFieldStart("workflows");
    for (SyncState state : SyncState.values()) {
      workflows(state.code(), status, one -> isFile(one) && one.workflow().state() == state);
    }
    workflows("invalid", status, one -> !isFile(one));
    generator.writeEndObject();
    generator.writeArrayFieldStart("nodes");
    for (PackStatus pack : status.packs()) {
      pack(pack);
    }
    generator.writeEndArray();
    python(status.python());
    generator.writeArrayFieldStart("uncommitted");
    for (ChangedFile file : status.uncommitted()) {
      generator.writeStartObject();
      generator.writeStringField("path", file.path());
      generator.writeStringField("change", file.kind());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeEndObject();
  }

  private static boolean isFile(WorkflowStatus status) {
    return status.workflow().problem().isEmpty();
  }

  private void workflows(String name, Status status, Predicate<WorkflowStatus> which)
      throws IOException {
    generator.writeArrayFieldStart(name);
    for (WorkflowStatus workflow : status.workflows()) {
      if (which.test(workflow)) {
        workflow(workflow);
      }
    }
    generator.writeEndArray();
  }

  private void workflow(WorkflowStatus status) throws IOException {
    generator.writeStartObject();
    tracked(status.workflow());
    generator.writeArrayFieldStart("models");
    for (ModelCheck check : status.models()) {
      generator.writeStartObject();
      generator.writeStringField("type", check.model().type());
      generator.writeStringField("input", check.model().input());
      generator.writeStringField("value", check.model().value());
      generator.writeStringField("folder", check.model().folder());
      generator.writeBooleanField("active", check.model().active());
      generator.writeStringField("state", check.state().code());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeArrayFieldStart("missingNodes");
    for (NeededPack pack : status.missingPacks()) {
      generator.writeStartObject();
      generator.writeStringField("type", pack.type());
      generator.writeStringField("registryId", pack.registryId());
      generator.writeStringField("repository", pack.repository());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeEndObject();
  }

  /** Writes the fields of a workflow into an object that is open. */
  void tracked(TrackedWorkflow workflow) throws IOException {
    generator.writeStringField("name", workflow.name());
    generator.writeStringField("state", workflow.state().code());
    if (workflow.problem().isPresent()) {
      Problem problem = workflow.problem().get();
      generator.writeFieldName("error");
      JsonAnswer.writeError(generator, problem.code(), problem.message(), problem.hints());
    }
    if (workflow.edits().isPresent()) {
      WorkflowEdits edits = workflow.edits().get();
      generator.writeObjectFieldStart("changes");
      texts("modelsAdded", edits.modelsAdded());
      texts("modelsRemoved", edits.modelsRemoved());
      texts("nodesAdded", edits.nodesAdded());
      texts("nodesRemoved", edits.nodesRemoved());
      texts("values", edits.values());
      generator.writeNumberField("valueCount", edits.valueCount());
      generator.writeNumberField("links", edits.links());
      generator.writeBooleanField("layoutOnly", edits.layout());
      generator.writeEndObject();
    }
  }

  private void pack(PackStatus pack) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("id", pack.id());
    generator.writeStringField("folder", pack.folder());
    generator.writeStringField("state", pack.state().code());
    generator.writeStringField("source", pack.source());
    generator.writeStringField("recorded", pack.recorded());
    generator.writeStringField("found", pack.found());
    if (pack.git().isPresent()) {
      GitState git = pack.git().get();
      generator.writeStringField("commit", git.commit());
      generator.writeStringField("branch", git.branch());
      generator.writeBooleanField("dirty", git.dirty());
    }
    generator.writeEndObject();
  }

  private void python(PythonStatus python) throws IOException {
    generator.writeObjectFieldStart("python");
    generator.writeStringField("version", python.version());
    generator.writeBooleanField("lockOutdated", python.outdated());
    generator.writeArrayFieldStart("packages");
    for (PackageDifference one : python.packages()) {
      generator.writeStartObject();
      generator.writeStringField("name", one.name());
      generator.writeStringField("locked", one.locked().orElse(""));
      generator.writeStringField("installed", one.installed().orElse(""));
      generator.writeEndObject();
    }
    generator.writeEndArray();
    if (python.problem().isPresent()) {
      Problem problem = python.problem().get();
      generator.writeFieldName("error");
      JsonAnswer.writeError(generator, problem.code(), problem.message(), problem.hints());
    }
    generator.writeEndObject();
  }

  private void texts(String name, List<String> texts) throws IOException {
    generator.writeArrayFieldStart(name);
    for (String text : texts) {
      generator.writeString(text);
    }
    generator.writeEndArray();
  }
}
