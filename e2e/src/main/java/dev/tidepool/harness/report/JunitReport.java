package dev.tidepool.harness.report;

import static dev.tidepool.harness.report.Markup.escape;

import dev.tidepool.harness.golden.Difference;
import dev.tidepool.harness.golden.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report for build servers, in JUnit's XML as Jenkins, GitLab and others read it. */
final class JunitReport {
  private JunitReport() {}

  static String of(Report report) {
    long errors = report.count(Verdict.Status.BROKEN);
    String totals =
        "tests=\"%s\" failures=\"%s\" errors=\"%s\" time=\"%s\""
            .formatted(
                report.verdicts().size(),
                report.failures() - errors,
                errors,
                seconds(report.duration()));
    String cases =
        report.verdicts().stream()
            .map(verdict -> testCase(report, verdict))
            .collect(Collectors.joining());
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="tidepool workflow test" %s>
          <testsuite name="workflows" skipped="0" timestamp="%s" %s>
        %s  </testsuite>
        </testsuites>
        """
        .formatted(totals, report.begin().toString().replaceFirst("\\..*|Z$", ""), totals, cases);
  }

  private static String testCase(Report report, Verdict verdict) {
    Path file = Path.of(report.path(verdict.file()));
    String folder = file.getParent() == null ? "workflows" : file.getParent().toString();
    String head =
        "    <testcase classname=\"%s\" name=\"%s\" file=\"%s\" time=\"%s\""
            .formatted(
                escape(folder.replaceAll("^[/\\\\]+", "").replaceAll("[/\\\\]", ".")),
                escape(verdict.name()),
                escape(file.toString()),
                seconds(verdict.duration()));
    if (!verdict.status().isFailure()) {
      return head + "/>\n";
    }
    String element = verdict.status() == Verdict.Status.BROKEN ? "error" : "failure";
    return "%s>%n      <%s type=\"%s\" message=\"%s\">%s</%s>%n    </testcase>%n"
        .formatted(
            head,
            element,
            JsonReport.word(verdict.status()),
            escape(summary(verdict)),
            escape(details(verdict)),
            element)
        .replace("\r\n", "\n");
  }

  private static String summary(Verdict verdict) {
    int count = verdict.differences().size();
    return count == 0
        ? verdict.problem()
        : count
            + (count == 1 ? " difference: " : " differences, the first: ")
            + verdict.differences().get(0).line();
  }

  private static String details(Verdict verdict) {
    return verdict.differences().isEmpty()
        ? String.join("\n", verdict.hints())
        : verdict.differences().stream().map(Difference::line).collect(Collectors.joining("\n"));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
  }
}
