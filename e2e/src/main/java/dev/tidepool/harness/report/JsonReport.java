package dev.tidepool.harness.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.harness.golden.Difference;
import dev.tidepool.harness.golden.NodeTime;
import dev.tidepool.harness.golden.Verdict;
import java.time.Duration;
import java.util.Locale;

/** The report for programs. */
final class JsonReport {
  private JsonReport() {}

  static ObjectNode of(Report report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", 1);
    json.put("passed", report.failures() == 0);
    json.put("server", report.server());
    json.put("begin", report.begin().toString());
    json.put("seconds", seconds(report.duration()));
    ObjectNode counts = json.putObject("counts");
    for (Verdict.Status status : Verdict.Status.values()) {
      counts.put(word(status), report.count(status));
    }
    ArrayNode workflows = json.putArray("workflows");
    report.verdicts().forEach(verdict -> add(workflows.addObject(), report, verdict));
    return json;
  }

  private static void add(ObjectNode json, Report report, Verdict verdict) {
    json.put("workflow", report.path(verdict.file()));
    json.put("status", word(verdict.status()));
    json.put("seconds", seconds(verdict.duration()));
    if (!verdict.problem().isEmpty()) {
      json.put("problem", verdict.problem());
      ArrayNode hints = json.putArray("hints");
      verdict.hints().forEach(hints::add);
    }
    ArrayNode differences = json.putArray("differences");
    for (Difference difference : verdict.differences()) {
      differences.addObject().put("place", difference.place()).put("text", difference.text());
    }
    verdict
        .results()
        .ifPresent(
            results -> {
              ArrayNode executed = json.putArray("executed");
              results.executed().forEach(executed::add);
              ArrayNode cached = json.putArray("cached");
              results.cached().forEach(cached::add);
              json.put("outputs", results.outputCount());
            });
    ArrayNode times = json.putArray("nodes");
    for (NodeTime time : verdict.times()) {
      times
          .addObject()
          .put("node", time.node())
          .put("type", time.type())
          .put("seconds", seconds(time.duration()));
    }
  }

  static String word(Verdict.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
