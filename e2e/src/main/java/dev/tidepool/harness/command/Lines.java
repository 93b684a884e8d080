package dev.tidepool.harness.command;

import dev.tidepool.harness.golden.Difference;
import dev.tidepool.harness.golden.Failure;
import dev.tidepool.harness.golden.Results;
import dev.tidepool.harness.golden.Verdict;
import dev.tidepool.harness.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What a person reads about the verdicts, line by line. */
final class Lines {
  private static final String INDENT = " ".repeat(11);

  private final Terminal terminal;
  private final Function<Verdict, String> path;

  Lines(Terminal terminal, Function<Verdict, String> path) {
    this.terminal = terminal;
    this.path = path;
  }

  /** What an update is about to change. */
  void announce(Verdict verdict) {
    boolean fresh = verdict.status() == Verdict.Status.MISSING;
    line(fresh ? "new" : "changed", "33", path.apply(verdict));
    verdict.differences().forEach(difference -> detail(difference.line()));
    if (fresh) {
      verdict.results().map(Lines::contents).orElse(List.of()).forEach(this::detail);
    }
  }

  private static List<String> contents(Results results) {
    List<String> lines = new ArrayList<>();
    results
        .outputs()
        .forEach(
            (node, byName) ->
                byName.forEach(
                    (name, list) ->
                        lines.add("node %s, %s: %s".formatted(node, name, list.size()))));
    results.failures().stream().map(Failure::text).forEach(lines::add);
    return lines;
  }

  void verdict(Verdict verdict) {
    String where = path.apply(verdict) + " (" + seconds(verdict.duration()) + ")";
    switch (verdict.status()) {
      case SAME -> line("same", "32", where);
      case UPDATED -> line("written", "33", where);
      case DIFFERENT -> line("DIFFERENT", "31", where);
      case MISSING -> line("NO GOLDEN", "31", where);
      case BROKEN -> line("BROKEN", "31", where);
    }
    if (verdict.status() == Verdict.Status.DIFFERENT) {
      verdict.differences().stream().map(Difference::line).forEach(this::detail);
    }
    if (!verdict.problem().isEmpty()) {
      detail(verdict.problem());
      verdict.hints().forEach(hint -> detail("hint: " + hint));
    }
  }

  void summary(Report report) {
    List<String> parts = new ArrayList<>();
    for (Verdict.Status status : Verdict.Status.values()) {
      long count = report.count(status);
      if (count > 0) {
        parts.add(count + " " + word(status));
      }
    }
    int all = report.verdicts().size();
    terminal
        .out()
        .println(
            "%s workflow%s: %s (%s)"
                .formatted(
                    all,
                    all == 1 ? "" : "s",
                    String.join(", ", parts),
                    seconds(report.duration())));
  }

  private static String word(Verdict.Status status) {
    return switch (status) {
      case SAME -> "same";
      case DIFFERENT -> "different";
      case MISSING -> "without golden";
      case BROKEN -> "broken";
      case UPDATED -> "written";
    };
  }

  private void line(String word, String colour, String text) {
    String padded = word + " ".repeat(INDENT.length() - word.length());
    terminal
        .out()
        .println(
            Terminal.coloured(padded, colour, terminal.coloursOut()) + Terminal.printable(text));
  }

  private void detail(String text) {
    Terminal.printable(text).lines().forEach(line -> terminal.out().println(INDENT + line));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
