package dev.tidepool.comfyui;

import dev.tidepool.git.GitClone;
import dev.tidepool.git.Transports;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a ComfyUI out of a git repository: of none other named, its newest release. */
final class GitSource {
  private static final Pattern RELEASE = Pattern.compile("v?(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})");

  private final Steps steps;

  GitSource(Steps steps) {
    this.steps = steps;
  }

  /**
   * What a source without a ref means now.
   *
   * @throws dev.tidepool.error.TidepoolException {@code git-unreachable}
   */
  Source.Git choose(Source.Git source) throws IOException {
    return choose(source, clone(source));
  }

  /**
   * Clones into a folder that does not exist yet, without history.
   *
   * @return what was cloned, with the ref that was chosen
   * @throws dev.tidepool.error.TidepoolException {@code git-unreachable}, {@code
   *     git-ref-not-found}, {@code git-content-unsafe}
   */
  Source.Git fetch(Source.Git source, Path folder) throws IOException {
    GitClone clone = clone(source);
    Source.Git chosen = choose(source, clone);
    clone.run(chosen.ref(), GitClone.Depth.SHALLOW, folder);
    return chosen;
  }

  private GitClone clone(Source.Git source) {
    return new GitClone(source.url(), Transports.ALSO_LOCAL, steps);
  }

  private static Source.Git choose(Source.Git source, GitClone clone) throws IOException {
    boolean named = !source.ref().isEmpty();
    return named ? source : new Source.Git(source.url(), newest(clone.tags()).orElse(""));
  }

  /** The newest release among tags: {@code v0.10.0} comes after v0.9.0. */
  static Optional<String> newest(List<String> tags) {
    return tags.stream()
        .filter(tag -> RELEASE.matcher(tag).matches())
        .max(
            Comparator.comparingLong((String tag) -> part(tag, 1))
                .thenComparingLong(tag -> part(tag, 2))
                .thenComparingLong(tag -> part(tag, 3)));
  }

  private static long part(String tag, int index) {
    Matcher matcher = RELEASE.matcher(tag);
    return matcher.matches() ? Long.parseLong(matcher.group(index)) : 0;
  }
}
