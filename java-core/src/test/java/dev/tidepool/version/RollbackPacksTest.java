package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollbackPacksTest {
  /** A pack is {@code source@version}; a state follows a slash. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // now            | then                     | steps
        "registry@1       | registry@1/INSTALLED     | ''",
        "registry@2       | registry@1/DRIFTED       | replace x 1",
        "registry@2       | registry@1/INSTALLED     | replace x 1",
        "registry@1       | registry@1/MISSING       | install x 1",
        "registry@1       | registry@1/DISABLED      | install x 1",
        "''               | registry@1/MISSING       | install x 1",
        "''               | registry@1/INSTALLED     | replace x 1",
        "registry@1       | ''                       | remove x",
        "git@abc          | git@abd/DRIFTED          | replace x abd",
        "development@dev  | ''                       | disable x",
        "''               | development@dev/DISABLED | enable x",
        "development@dev  | development@dev/CHANGED  | ''",
        "development@dev  | development@dev/MISSING  | ''",
        "development@dev  | registry@1/INSTALLED     | disable x, install x 1",
        "registry@1       | development@dev/DISABLED | remove x, enable x",
      })
  void packsBecomeThoseOfTheTarget(String now, String then, String steps) {
    assertThat(shown(plan(now, then).steps())).isEqualTo(steps);
  }

  @Test
  void developmentNodeThatIsGoneIsNamedWithTheFix() {
    assertThat(plan("", "development@dev/MISSING").warnings())
        .singleElement()
        .asString()
        .contains("x", "cannot be restored", "tidepool node add DIR --dev");
  }

  @Test
  void developmentNodeIsDisabledWithAWarning() {
    assertThat(plan("development@dev", "").warnings())
        .singleElement()
        .asString()
        .contains("x.disabled", "keeps all its files");
  }

  @Test
  void packThatBelongsToNoVersionStays() {
    PackStatus stray =
        new PackStatus("stray", "stray", PackState.UNTRACKED, "", "", "", Optional.empty());

    RollbackPacks packs = RollbackPacks.of(List.of(), List.of(stray), List.of(), List.of());

    assertThat(packs.steps()).isEmpty();
    assertThat(packs.warnings()).singleElement().asString().contains("stray", "stays");
  }

  private static RollbackPacks plan(String now, String then) {
    List<RecordedPack> current = packs(now);
    List<PackStatus> states = new ArrayList<>();
    current.forEach(pack -> states.add(state(pack, PackState.INSTALLED)));
    String[] parts = then.split("/", -1);
    List<RecordedPack> target = packs(parts[0]);
    List<PackStatus> then2 = new ArrayList<>();
    target.forEach(pack -> then2.add(state(pack, PackState.valueOf(parts[1]))));
    return RollbackPacks.of(current, states, target, then2);
  }

  private static List<RecordedPack> packs(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    String[] parts = text.split("@", -1);
    return List.of(new RecordedPack("x", "x", parts[0], parts[1], "", "", "", ""));
  }

  private static PackStatus state(RecordedPack pack, PackState state) {
    return new PackStatus(
        pack.id(), pack.name(), state, pack.source(), pack.version(), "", Optional.empty());
  }

  private static String shown(List<PackStep> steps) {
    return String.join(
        ", ",
        steps.stream()
            .map(step -> (step.kind().code() + " " + step.id() + " " + step.version()).trim())
            .toList());
  }
}
