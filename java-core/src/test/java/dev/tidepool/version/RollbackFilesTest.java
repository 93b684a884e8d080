package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digests are single letters; {@code a} and {@code A} differ only in what is looked at. */
class RollbackFilesTest {
  private static final BiPredicate<String, String> SAME = String::equalsIgnoreCase;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // head                  | target             | current            | steps
        "pyproject.toml=a        | pyproject.toml=a   | pyproject.toml=a   | ''",
        "pyproject.toml=b        | pyproject.toml=a   | pyproject.toml=b   | replace pyproject.toml",
        "pyproject.toml=b        | pyproject.toml=a   | pyproject.toml=c   | replace pyproject.toml!",
        "pyproject.toml=a        | pyproject.toml=a   | pyproject.toml=c   | replace pyproject.toml!",
        "x=a                     | x=a                | ''                 | restore x",
        "x=a                     | ''                 | x=a                | remove x",
        "x=a                     | ''                 | x=b                | remove x!",
        "''                      | ''                 | notes.txt=n        | ''",
        "''                      | ''                 | uv.lock=n          | remove uv.lock!",
        "''                      | ''                 | workflows/n.json=n | remove workflows/n.json!",
        "x=b                     | x=a                | x=a                | ''",
      })
  void recordedFilesBecomeThoseOfTheTarget(
      String head, String target, String current, String steps) {
    assertThat(shown(new RollbackFiles(map(head), map(target)).recorded(map(current))))
        .isEqualTo(steps);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // head             | target             | live     | steps
        "workflows/w.json=a | workflows/w.json=a | w.json=a | ''",
        "workflows/w.json=a | workflows/w.json=a | w.json=A | ''",
        "workflows/w.json=b | workflows/w.json=a | w.json=b | replace w.json",
        "workflows/w.json=b | workflows/w.json=a | w.json=B | replace w.json",
        "workflows/w.json=b | workflows/w.json=a | w.json=c | replace w.json!",
        "workflows/w.json=a | workflows/w.json=a | w.json=c | replace w.json!",
        "workflows/w.json=b | ''                 | w.json=b | remove w.json",
        "workflows/w.json=b | ''                 | w.json=c | remove w.json!",
        "''                 | workflows/w.json=a | ''       | restore w.json",
        "''                 | workflows/w.json=a | w.json=n | replace w.json!",
        "''                 | ''                 | w.json=n | remove w.json!",
      })
  void liveWorkflowsBecomeThoseOfTheTarget(String head, String target, String live, String steps) {
    assertThat(shown(new RollbackFiles(map(head), map(target)).workflows(map(live), SAME)))
        .isEqualTo(steps);
  }

  private static Map<String, String> map(String text) {
    Map<String, String> map = new TreeMap<>();
    Arrays.stream(text.trim().split(" "))
        .filter(pair -> !pair.isEmpty())
        .forEach(pair -> map.put(pair.split("=", -1)[0], pair.split("=", -1)[1]));
    return map;
  }

  private static String shown(List<FileStep> steps) {
    return String.join(
        ", ",
        steps.stream()
            .map(step -> step.kind().code() + " " + step.path() + (step.trash() ? "!" : ""))
            .toList());
  }
}
