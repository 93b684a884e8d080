package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.importing.ArrivedModel;
import dev.tidepool.importing.ImportConflict;
import dev.tidepool.importing.ImportPlan;
import dev.tidepool.importing.ImportReport;
import dev.tidepool.importing.PlannedModel;
import dev.tidepool.importing.PlannedPack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An import as {@code --json} prints it: the plan, and after it was done what came of it.
 *
 * @param report nothing when only the plan was asked for
 */
record ImportJson(ImportPlan plan, Optional<ImportReport> report) implements JsonAnswer.Body {
  @Override
  public void write(JsonGenerator generator) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("environment", plan.request().name());
    generator.writeBooleanField("exists", plan.exists());
    generator.writeStringField("comfyui_version", plan.comfyUi().version());
    generator.writeStringField("python_version", plan.python());
    generator.writeNumberField("download_bytes", plan.downloadBytes());
    generator.writeNumberField("free_bytes", plan.free());
    texts(generator, "workflows", report.map(ImportReport::workflows).orElse(plan.workflows()));
    packs(generator);
    models(generator);
    generator.writeArrayFieldStart("substitutions");
    for (ImportPlan.Substitution each : plan.substitutions()) {
      generator.writeStartObject();
      generator.writeStringField("workflow", each.workflow());
      generator.writeStringField("before", each.before());
      generator.writeStringField("after", each.after());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeArrayFieldStart("conflicts");
    for (ImportConflict each : plan.conflicts()) {
      generator.writeStartObject();
      generator.writeStringField("kind", each.kind().code());
      generator.writeStringField("what", each.what());
      generator.writeStringField("message", each.message());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    texts(
        generator,
        "pools",
        report
            .map(ImportReport::pools)
            .orElseGet(() -> plan.pools().stream().map(pool -> pool.name()).toList()));
    texts(generator, "notes", plan.notes());
    if (report.isPresent()) {
      generator.writeStringField("version", report.get().version().orElse(null));
      generator.writeStringField("folder", report.get().folder().toString());
      generator.writeBooleanField("whole", report.get().isWhole());
      texts(generator, "next", report.get().next());
    }
    generator.writeEndObject();
  }

  private void packs(JsonGenerator generator) throws IOException {
    generator.writeArrayFieldStart("packs");
    for (PlannedPack each : plan.packs()) {
      generator.writeStartObject();
      generator.writeStringField("id", each.id());
      generator.writeStringField("name", each.entry().name());
      generator.writeStringField("source", each.entry().source().text());
      generator.writeStringField("version", each.entry().version().orElse(null));
      generator.writeStringField("state", each.state().code());
      generator.writeStringField("reason", each.reason());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  private void models(JsonGenerator generator) throws IOException {
    generator.writeArrayFieldStart("models");
    for (PlannedModel each : plan.models()) {
      Optional<ArrivedModel> arrived =
          report.flatMap(
              done ->
                  done.models().stream()
                      .filter(one -> one.model().equals(each.model()))
                      .findFirst());
      generator.writeStartObject();
      generator.writeStringField("path", each.model().relativePath());
      generator.writeNumberField("size", each.model().size());
      generator.writeStringField("sha256", each.model().sha256());
      generator.writeStringField("state", each.state().code());
      Optional<Path> file = arrived.map(ArrivedModel::file).orElse(each.file());
      generator.writeStringField("file", file.map(Path::toString).orElse(null));
      generator.writeStringField("reason", arrived.map(ArrivedModel::reason).orElse(""));
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  private static void texts(JsonGenerator generator, String name, List<String> texts)
      throws IOException {
    generator.writeArrayFieldStart(name);
    for (String text : texts) {
      generator.writeString(text);
    }
    generator.writeEndArray();
  }
}
