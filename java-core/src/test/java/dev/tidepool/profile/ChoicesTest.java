package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.pool.NewImage;
import dev.tidepool.pool.Picked;
import dev.tidepool.pool.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChoicesTest {
  @TempDir Path folder;
  private ProfileStore store;
  private Choices choices;

  @BeforeEach
  void openBase() {
    store = new ProfileStore(folder.resolve("grid_pool"), Clock.systemUTC(), new StoreLocks());
    choices = new Choices(store);
  }

  @Test
  void theIdDecidesAndTheNameOnlyWithoutOne() {
    store.create("Sea", "sea", 1);
    store.create("Dune", "dune", 1);

    assertThat(choices.resolve("sea", "Dune")).isEqualTo("sea");
    assertThat(choices.resolve("", " dune ")).isEqualTo("dune");
    assertThat(choices.resolve("", " ")).isEqualTo("default");
    assertThat(choices.resolve("default", "")).isEqualTo("default");
  }

  @Test
  void aVanishedProfileIsNeverSilentlyAnother() {
    store.create("Sea", "sea", 1);

    assertError("profile-not-found", "\"Sea\"", () -> choices.resolve("gone", "Sea"));
    assertError("profile-not-found", "\"gone\"", () -> choices.resolve("gone", ""));
    assertError("profile-not-found", "\"Lake\"", () -> choices.resolve("", "Lake"));
    assertError("id-invalid", "..", () -> choices.resolve("..", "Sea"));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, '', b.png, 1",
    "-1, c.png, c.png, 2",
    "0, '', a.png, 0",
    "2, '', c.png, 2",
    "0, c.png, a.png, 0"
  })
  void theIndexGoesBeforeTheSlotAndThatBeforeTheActiveOne(
      long index, String slot, String name, int place) throws IOException {
    add("sea", "a.png", "b.png", "c.png");
    store.pools().activate("sea", "b.png");

    Picked picked = choices.pick("sea", index, slot);

    assertThat(picked.name()).isEqualTo(name);
    assertThat(picked.index()).isEqualTo(place);
    assertThat(picked.count()).isEqualTo(3);
    assertThat(picked.label()).isEqualTo(name.substring(0, 1));
    assertThat(picked.file()).isRegularFile().hasFileName(name);
    assertThat(picked.mask()).isEmpty();
  }

  @Test
  void indexAndCountPassDisabledSlotsOver() throws IOException {
    add("sea", "a.png", "b.png", "c.png");
    store.pools().enable("sea", List.of("a.png"), false);

    assertThat(choices.pick("sea", 0, "").name()).isEqualTo("b.png");
    assertThat(choices.pick("sea", -1, "c.png").index()).isEqualTo(1);
    assertThat(choices.pick("sea", -1, "").count()).isEqualTo(2);
    assertError("slot-disabled", "a.png", () -> choices.pick("sea", -1, "a.png"));
  }

  @ParameterizedTest
  @ValueSource(longs = {3, -2, Long.MAX_VALUE, Long.MIN_VALUE})
  void anIndexOutsideIsSaidToBeSo(long index) throws IOException {
    add("sea", "a.png", "b.png", "c.png");

    assertError(
        "slot-index-out-of-range",
        "index " + index + " in the pool sea",
        () -> choices.pick("sea", index, ""));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 5})
  void anEmptyPoolIsNamedByItsProfile(long index) throws IOException {
    store.create("Sea", "sea", 1);

    assertError(
        "pool-empty", "no image in the profile \"Sea\"", () -> choices.pick("sea", index, ""));
    assertError("pool-empty", "no image in the pool p", () -> choices.pick("p", index, ""));

    add("sea", "a.png");
    store.pools().enable("sea", List.of("a.png"), false);
    assertError("pool-empty", "no enabled image", () -> choices.pick("sea", index, ""));
  }

  @Test
  void aSlotThatIsGoneIsNamed() throws IOException {
    add("sea", "a.png");

    assertError(
        "slot-not-found", "\"b.png\" in the pool sea", () -> choices.pick("sea", -1, "b.png"));
    assertError("slot-not-found", "../a.png", () -> choices.pick("sea", -1, "../a.png"));
  }

  @Test
  void theFingerprintFollowsTheImageAndItsMaskAndNothingElse() throws IOException {
    add("sea", "a.png", "b.png");
    String before = choices.pick("sea", 0, "").fingerprint();
    Path mask = TestImages.write(folder.resolve("mask.png"), 4, 4, 7);

    store.pools().label("sea", "a.png", "Other");
    store.pools().attachMask("sea", "b.png", mask);
    add("sea", "c.png");
    assertThat(choices.pick("sea", 0, "").fingerprint()).isEqualTo(before);

    store.pools().attachMask("sea", "a.png", mask);
    Picked masked = choices.pick("sea", 0, "");
    assertThat(masked.fingerprint()).isNotEqualTo(before);
    assertThat(masked.mask())
        .hasValueSatisfying(file -> assertThat(file).hasSameBinaryContentAs(mask));

    store.pools().removeMask("sea", "a.png");
    assertThat(choices.pick("sea", 0, "").fingerprint()).isEqualTo(before);
    Files.write(choices.pick("sea", 0, "").file(), Files.readAllBytes(mask));
    assertThat(choices.pick("sea", 0, "").fingerprint()).isNotEqualTo(before);
  }

  private void add(String id, String... names) throws IOException {
    for (String name : names) {
      Path file = TestImages.write(folder.resolve(name), 40, 30, name.hashCode());
      store.pools().add(id, List.of(new NewImage(name, file)), Progress.none());
    }
  }

  private static void assertError(String code, String part, ThrowingCallable call) {
    assertThatExceptionOfType(TidepoolException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.text()).contains(part))
        .satisfies(e -> assertThat(code.equals("id-invalid") || !e.hints().isEmpty()).isTrue());
  }
}
