package dev.tidepool.harness.report;

import static dev.tidepool.harness.report.Markup.escape;

import dev.tidepool.harness.golden.Content;
import dev.tidepool.harness.golden.Difference;
import dev.tidepool.harness.golden.NodeTime;
import dev.tidepool.harness.golden.Output;
import dev.tidepool.harness.golden.Results;
import dev.tidepool.harness.golden.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report for people: one page that needs no other file and runs no script. */
final class HtmlReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Report report;
  private final StringBuilder page = new StringBuilder();

  private HtmlReport(Report report) {
    this.report = report;
  }

  static String of(Report report) {
    HtmlReport html = new HtmlReport(report);
    html.head();
    html.list();
    report.verdicts().stream()
        .sorted(Comparator.comparing(verdict -> !verdict.status().isFailure()))
        .forEach(html::workflow);
    html.page.append("</main>\n</body>\n</html>\n");
    return html.page.toString();
  }

  private static String style() {
    try (InputStream style = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(style).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void head() {
    long failures = report.failures();
    int all = report.verdicts().size();
    String headline =
        failures == 0
            ? (all == 1 ? "The workflow is fine" : "All %s workflows are fine".formatted(all))
            : "%s of %s workflow%s %s"
                .formatted(failures, all, all == 1 ? "" : "s", failures == 1 ? "fails" : "fail");
    page.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <header class="%s">
        <p class="kicker">Golden workflows</p>
        <h1>%s</h1>
        <p class="facts">%s</p>
        <ul class="counts">%s</ul>
        </header>
        <main>
        """
            .formatted(
                escape(headline),
                style(),
                failures == 0 ? "good" : "bad",
                escape(headline),
                escape(
                    "%s · %s · %s"
                        .formatted(
                            TIME.format(report.begin()),
                            seconds(report.duration()),
                            report.server())),
                counts()));
  }

  private String counts() {
    StringBuilder counts = new StringBuilder();
    for (Verdict.Status status : Verdict.Status.values()) {
      long count = report.count(status);
      if (count > 0) {
        counts.append(
            "<li class=\"%s\"><strong>%s</strong> %s</li>"
                .formatted(JsonReport.word(status), count, label(status)));
      }
    }
    return counts.toString();
  }

  private static String label(Verdict.Status status) {
    return switch (status) {
      case SAME -> "same";
      case DIFFERENT -> "different";
      case MISSING -> "without golden";
      case BROKEN -> "could not run";
      case UPDATED -> "golden written";
    };
  }

  /** Ways to the sections, when there are many. */
  private void list() {
    if (report.verdicts().size() < 2) {
      return;
    }
    page.append("<nav aria-label=\"Workflows\"><ol>");
    report.verdicts().stream()
        .sorted(Comparator.comparing(verdict -> !verdict.status().isFailure()))
        .forEach(
            verdict ->
                page.append(
                    "<li class=\"%s\"><a href=\"#%s\">%s</a><span>%s</span></li>"
                        .formatted(
                            JsonReport.word(verdict.status()),
                            anchor(verdict),
                            escape(report.path(verdict.file())),
                            label(verdict.status()))));
    page.append("</ol></nav>\n");
  }

  private String anchor(Verdict verdict) {
    return "workflow-" + (report.verdicts().indexOf(verdict) + 1);
  }

  private void workflow(Verdict verdict) {
    page.append(
        """
        <section id="%s" class="%s" aria-labelledby="%s-title">
        <h2 id="%s-title">%s <span class="chip">%s</span></h2>
        <p class="facts"><code>%s</code> · %s%s</p>
        """
            .formatted(
                anchor(verdict),
                JsonReport.word(verdict.status()),
                anchor(verdict),
                anchor(verdict),
                escape(verdict.name()),
                label(verdict.status()),
                escape(report.path(verdict.file())),
                seconds(verdict.duration()),
                verdict.results().map(HtmlReport::nodes).orElse("")));
    if (!verdict.problem().isEmpty()) {
      page.append("<p class=\"problem\">%s</p>".formatted(escape(verdict.problem())));
      verdict
          .hints()
          .forEach(hint -> page.append("<p class=\"hint\">%s</p>".formatted(escape(hint))));
    }
    verdict.differences().forEach(this::difference);
    boolean open = verdict.status() == Verdict.Status.MISSING;
    verdict.results().ifPresent(results -> outputs(results, open));
    times(verdict.times());
    page.append("</section>\n");
  }

  private static String nodes(Results results) {
    return " · %s ran, %s cached in the second run"
        .formatted(count(results.executed().size(), "node"), results.cached().size());
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private void difference(Difference difference) {
    page.append(
        "<article><h3>%s</h3><p>%s</p>"
            .formatted(escape(difference.place()), escape(difference.text())));
    difference
        .files()
        .ifPresent(
            files -> {
              page.append("<div class=\"pictures\">");
              figure("before", files.expected(), difference.place());
              figure("after", files.actual(), difference.place());
              files
                  .picture()
                  .ifPresent(
                      png ->
                          page.append(
                              "<figure>%s<figcaption>difference</figcaption></figure>"
                                  .formatted(
                                      Embedded.png(
                                          png, difference.place() + ", what changed in red"))));
              page.append("</div>");
            });
    page.append("</article>\n");
  }

  private void figure(String caption, Optional<Content> content, String place) {
    page.append(
        "<figure>%s<figcaption>%s</figcaption></figure>"
            .formatted(
                content
                    .map(file -> Embedded.of(file, place + ", " + caption))
                    .orElse("<p class=\"file\">nothing</p>"),
                caption));
  }

  private void outputs(Results results, boolean open) {
    if (results.outputCount() == 0 && results.failures().isEmpty()) {
      return;
    }
    page.append(
        "<details%s><summary>What came out <span>%s</span></summary><div class=\"outputs\">"
            .formatted(
                open ? " open" : "",
                count(results.outputCount() + results.failures().size(), "result")));
    results
        .failures()
        .forEach(
            failure ->
                page.append(
                    "<figure><pre class=\"text\">%s</pre><figcaption>failure</figcaption></figure>"
                        .formatted(escape(failure.text()))));
    results
        .outputs()
        .forEach(
            (node, byName) ->
                byName.forEach(
                    (name, list) -> list.forEach(output -> output(node + " · " + name, output))));
    page.append("</div></details>\n");
  }

  private void output(String caption, Output output) {
    String shown =
        output instanceof Output.Produced produced
            ? Embedded.of(produced.content(), caption)
            : "<pre class=\"text\">%s</pre>".formatted(escape(text((Output.Value) output)));
    page.append(
        "<figure>%s<figcaption>node %s</figcaption></figure>".formatted(shown, escape(caption)));
  }

  private static String text(Output.Value value) {
    return value.value().isTextual() ? value.value().asText() : value.value().toString();
  }

  private void times(List<NodeTime> times) {
    if (times.isEmpty()) {
      return;
    }
    Duration end =
        times.stream()
            .map(time -> time.start().plus(time.duration()))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    double whole = Math.max(1, end.toNanos());
    String rows =
        times.stream()
            .map(
                time ->
                    """
                    <tr><th scope="row">%s <span>%s</span></th><td>%s</td><td class="bar" aria-hidden="true"><i style="margin-left:%s%%;width:%s%%"></i></td></tr>
                    """
                        .formatted(
                            escape(time.node()),
                            escape(time.type()),
                            seconds(time.duration()),
                            share(time.start(), whole),
                            share(time.duration(), whole)))
            .collect(Collectors.joining());
    page.append(
        """
        <details><summary>Timings <span>%s in %s</span></summary>
        <table><thead><tr><th scope="col">node</th><th scope="col">time</th><th aria-hidden="true"></th></tr></thead>
        <tbody>%s</tbody></table></details>
        """
            .formatted(seconds(end), count(times.size(), "node"), rows));
  }

  private static String share(Duration part, double whole) {
    return String.format(Locale.ROOT, "%.2f", 100 * part.toNanos() / whole);
  }

  private static String seconds(Duration duration) {
    long millis = duration.toMillis();
    return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
