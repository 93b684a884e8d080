package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.loader.ModelFiles;
import dev.tidepool.workflow.PathCheck;
import dev.tidepool.workflow.PathPlan;
import dev.tidepool.workflow.PathRewrite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** What {@code workflow paths --json} prints, file by file. */
record PathsJson(Map<Path, PathPlan> plans, Map<Path, TidepoolException> failed)
    implements JsonAnswer.Body {
  @Override
  public void write(JsonGenerator generator) throws IOException {
    generator.writeStartObject();
    generator.writeArrayFieldStart("files");
    for (Map.Entry<Path, PathPlan> entry : plans.entrySet()) {
      generator.writeStartObject();
      generator.writeStringField("file", entry.getKey().toString());
      write(entry.getValue(), generator);
      generator.writeEndObject();
    }
    for (Map.Entry<Path, TidepoolException> entry : failed.entrySet()) {
      generator.writeStartObject();
      generator.writeStringField("file", entry.getKey().toString());
      generator.writeFieldName("error");
      TidepoolException e = entry.getValue();
      JsonAnswer.writeError(generator, e.code(), e.text(), e.hints());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeEndObject();
  }

  private static void write(PathPlan plan, JsonGenerator generator) throws IOException {
    generator.writeArrayFieldStart("models");
    for (PathCheck check : plan.checks()) {
      generator.writeStartObject();
      WorkflowModels.write(check.reference(), generator);
      generator.writeStringField("state", check.state().name().toLowerCase(Locale.ROOT));
      generator.writeStringField("message", check.message());
      generator.writeArrayFieldStart("elsewhere");
      for (ModelFiles.Found found : check.elsewhere()) {
        generator.writeString(found.fullPath());
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeArrayFieldStart("rewrites");
    for (PathRewrite rewrite : plan.rewrites()) {
      generator.writeStartObject();
      WorkflowModels.write(rewrite.reference(), generator);
      generator.writeStringField("after", rewrite.after());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    WorkflowModels.write(plan.unknown(), generator);
  }
}
