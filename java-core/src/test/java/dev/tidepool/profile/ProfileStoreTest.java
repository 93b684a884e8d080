package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.pool.NewImage;
import dev.tidepool.pool.Pool;
import dev.tidepool.pool.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileStoreTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private Path base;
  private ProfileStore store;

  @BeforeEach
  void openBase() {
    base = folder.resolve("grid_pool");
    store = opened(NOON);
  }

  @Test
  void aMissingBaseHasNoProfilesAndStaysMissing() {
    assertThat(store.list()).isEmpty();
    assertThat(store.find("Sea")).isEmpty();
    assertThat(store.delete("nothing")).isFalse();
    assertCode("profile-not-found", () -> store.rename("nothing", "Sea"));
    assertCode("profile-not-in-trash", () -> store.restore("nothing"));
    assertThat(base).doesNotExist();
  }

  @Test
  void anEmptyBaseHasNoProfiles() throws IOException {
    Files.createDirectories(base);

    assertThat(store.list()).isEmpty();
  }

  @Test
  void whatWasWrittenIsReadBackByAnotherStore() {
    Profile sea = store.create("Sea", "id-1", 1_700_000_000_000L);
    Profile dunes = store.create("Dünen 🏜", "id-2", 5);

    assertThat(sea).isEqualTo(new Profile("id-1", "Sea", 1_700_000_000_000L));
    assertThat(opened(NOON).list()).containsExactly(sea, dunes);
    assertThat(base.resolve("profiles.json"))
        .content()
        .startsWith("{\"profiles\":[{\"id\":\"id-1\",\"name\":\"Sea\",\"created\":1700000000000}");
  }

  @Test
  void creatingMakesThePoolsFolderWithItsDescription() {
    Profile sea = store.create("Sea");

    assertThat(sea.created()).isEqualTo(NOON.millis());
    assertThat(base.resolve(sea.id()).resolve("profile_meta.json"))
        .hasContent(
            "{\"id\":\"" + sea.id() + "\",\"name\":\"Sea\",\"created\":" + NOON.millis() + "}");
    assertThat(store.pools().get(sea.id()).slots()).isEmpty();
  }

  @Test
  void profilesAreFoundByIdAndByNameIgnoringCase() {
    Profile sea = store.create("Café");
    Profile other = store.create("Other");

    assertThat(store.find(sea.id())).contains(sea);
    assertThat(store.find(" CAFÉ ")).contains(sea);
    assertThat(store.find("Cafe\u0301")).contains(sea);
    assertThat(store.find(other.id())).contains(other);
    assertThat(store.find("nothing")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Sea,sea",
    "Sea,' SEA '",
    "Straße,STRASSE",
    "Café,Cafe\u0301",
    "Istanbul,ISTANBUL",
    "ﬁn,FIN"
  })
  void aTakenNameIsRefusedIgnoringCaseAndForm(String first, String second) {
    store.create(first);
    Profile other = store.create("Other");

    assertCode("profile-name-taken", () -> store.create(second));
    assertCode("profile-name-taken", () -> store.rename(other.id(), second));
    assertCode("profile-name-taken", () -> store.duplicate(other.id(), second, Progress.none()));
    assertThat(store.list()).extracting(Profile::name).containsExactly(first, "Other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\t", "a\nb", "a\u0000b", "a\u007fb", "a\u2028b", "\ud800"})
  void badNamesAreRefused(String name) {
    Profile sea = store.create("Sea");

    assertCode("profile-name-invalid", () -> store.create(name));
    assertCode("profile-name-invalid", () -> store.rename(sea.id(), name));
    assertCode("profile-name-invalid", () -> store.duplicate(sea.id(), name, Progress.none()));
    assertThat(store.list()).containsExactly(sea);
  }

  @Test
  void aNameHasAtMost120Characters() {
    assertThat(store.create("🐚".repeat(120)).name()).isEqualTo("🐚".repeat(120));
    assertCode("profile-name-invalid", () -> store.create("x".repeat(121)));
  }

  @Test
  void namesAreTrimmedAndNormalized() {
    assertThat(store.create("  Cafe\u0301 ").name()).isEqualTo("Café");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "a.b", "a b", "ü"})
  void idsOutsideThePatternAreRefused(String id) {
    assertCode("id-invalid", () -> store.create("Sea", id, 1));
    assertCode("id-invalid", () -> store.rename(id, "Sea"));
    assertCode("id-invalid", () -> store.delete(id));
    assertCode("id-invalid", () -> store.duplicate(id, "Sea", Progress.none()));
    assertCode("id-invalid", () -> store.exportTo(id, folder.resolve("x.zip"), Progress.none()));
    assertThat(base).doesNotExist();
  }

  @Test
  void anIdThatHasAProfileOrAPoolIsRefused() throws IOException {
    store.create("Sea", "id-1", 1);
    addImages("node-pool", "a.png");

    assertCode("profile-id-taken", () -> store.create("Other", "id-1", 1));
    assertCode("profile-id-taken", () -> store.create("Other", "node-pool", 1));
    assertThat(store.list()).hasSize(1);
  }

  @Test
  void renamingKeepsIdImagesAndPlace() throws IOException {
    Profile sea = store.create("Sea");
    store.create("Other");
    addImages(sea.id(), "a.png");

    Profile renamed = store.rename(sea.id(), "Ocean");

    assertThat(renamed).isEqualTo(new Profile(sea.id(), "Ocean", sea.created()));
    assertThat(store.list().get(0)).isEqualTo(renamed);
    assertThat(base.resolve(sea.id()).resolve("profile_meta.json")).content().contains("Ocean");
    assertThat(store.pools().get(sea.id()).slots()).hasSize(1);
  }

  @Test
  void renamingToItsOwnNameInAnotherCaseWorks() {
    Profile sea = store.create("Sea");

    assertThat(store.rename(sea.id(), "SEA").name()).isEqualTo("SEA");
  }

  @Test
  void unknownProfilesAreNotFound() {
    store.create("Sea");

    assertCode("profile-not-found", () -> store.rename("nothing", "X"));
    assertCode("profile-not-found", () -> store.duplicate("nothing", "X", Progress.none()));
    assertCode(
        "profile-not-found",
        () -> store.exportTo("nothing", folder.resolve("x.zip"), Progress.none()));
    assertCode("profile-not-in-trash", () -> store.restore("nothing"));
  }

  @Test
  void duplicatingCopiesEveryFileAndTheArrangement() throws IOException {
    Profile sea = store.create("Sea");
    addImages(sea.id(), "a.png", "b.png", "c.png");
    store.pools().reorder(sea.id(), List.of("c.png"));
    store.pools().label(sea.id(), "b.png", "Dunes");
    store.pools().activate(sea.id(), "b.png");
    store.pools().enable(sea.id(), List.of("a.png"), false);
    store.pools().attachMask(sea.id(), "a.png", folder.resolve("c.png"));
    Path nested = base.resolve(sea.id()).resolve("notes").resolve("deep").resolve("n.txt");
    Files.createDirectories(nested.resolveSibling("."));
    Files.writeString(nested, "hello");

    Profile copy = store.duplicate(sea.id(), "Copy", Progress.none());

    Pool original = store.pools().get(sea.id());
    Pool copied = store.pools().get(copy.id());
    assertThat(copied.slots()).isEqualTo(original.slots());
    assertThat(copied.active()).isEqualTo("b.png");
    assertThat(store.pools().fingerprint(copy.id())).isEqualTo(store.pools().fingerprint(sea.id()));
    assertThat(base.resolve(copy.id()).resolve("notes/deep/n.txt")).hasContent("hello");
    store.pools().remove(copy.id(), List.of("a.png"));
    assertThat(store.pools().get(sea.id())).isEqualTo(original);
  }

  @Test
  void deletingTakesEntryAndFolderAndIsIdempotent() throws IOException {
    Profile sea = store.create("Sea");
    addImages(sea.id(), "a.png");

    assertThat(store.delete(sea.id())).isTrue();
    assertThat(store.delete(sea.id())).isFalse();
    assertThat(store.list()).isEmpty();
    assertThat(base.resolve(sea.id())).doesNotExist();
  }

  @Test
  void aDeletedProfileComesBackWithItsImages() throws IOException {
    Profile sea = store.create("Sea");
    addImages(sea.id(), "a.png");
    Pool before = store.pools().get(sea.id());

    store.delete(sea.id());
    assertThat(store.restore("sea")).isEqualTo(sea);
    assertThat(store.pools().get(sea.id())).isEqualTo(before);

    store.delete(sea.id());
    assertThat(store.restore(sea.id())).isEqualTo(sea);
  }

  @Test
  void aRestoredProfileGivesWayToOneThatTookItsName() {
    Profile first = store.create("Sea");
    store.delete(first.id());
    store.create("Sea");

    assertThat(store.restore(first.id()).name()).isEqualTo("Sea (2)");
    assertCode("profile-not-in-trash", () -> store.restore(first.id()));
  }

  @Test
  void aProfileWhoseFolderWasDeletedByHandIsEmptyAndCanBeDeletedAndRestored() throws IOException {
    Profile sea = store.create("Sea");
    Files.delete(base.resolve(sea.id()).resolve("profile_meta.json"));
    Files.delete(base.resolve(sea.id()));

    assertThat(store.pools().get(sea.id()).slots()).isEmpty();
    assertThat(store.rename(sea.id(), "Ocean").name()).isEqualTo("Ocean");
    assertThat(store.delete(sea.id())).isTrue();
    assertThat(store.restore(sea.id()).name()).isEqualTo("Ocean");
  }

  @Test
  void theTrashKeepsSevenDaysAndNoLonger() {
    Profile early = store.create("Early");
    Profile late = store.create("Late");
    store.delete(early.id());
    opened(Clock.offset(NOON, Duration.ofHours(2))).delete(late.id());

    ProfileStore then = opened(Clock.offset(NOON, Duration.ofDays(7).plusHours(1)));
    then.create("Anything");

    assertCode("profile-not-in-trash", () -> then.restore(early.id()));
    assertThat(then.restore(late.id())).isEqualTo(late);
  }

  @Test
  void unknownFieldsSurviveEveryChange() throws IOException {
    Profile sea = store.create("Sea", "id-1", 1);
    Files.writeString(
        base.resolve("profiles.json"),
        "{\"theme\":{\"dark\":true},\"profiles\":[{\"id\":\"id-1\",\"name\":\"Sea\",\"created\":1,\"colour\":\"blue\"}]}");

    store.rename("id-1", "Ocean");
    store.create("Other");
    assertThat(base.resolve("profiles.json"))
        .content()
        .contains("\"theme\":{\"dark\":true}", "\"colour\":\"blue\"");

    store.delete(sea.id());
    store.restore(sea.id());
    assertThat(base.resolve("profiles.json")).content().contains("\"colour\":\"blue\"");
  }

  @Test
  void aDamagedRegistryIsKeptAsideAndRebuiltFromThePools() throws IOException {
    Profile sea = store.create("Sea");
    Profile dunes = opened(Clock.offset(NOON, Duration.ofMinutes(1))).create("Dunes");
    addImages("node-pool", "a.png");
    Files.writeString(base.resolve("profiles.json"), "{\"profiles\":[{\"id\":");

    assertThat(store.list()).containsExactly(sea, dunes);
    assertThat(opened(NOON).list()).containsExactly(sea, dunes);
    try (var files = Files.list(base)) {
      assertThat(files.filter(f -> f.getFileName().toString().startsWith("profiles.json.corrupt-")))
          .singleElement()
          .satisfies(aside -> assertThat(aside).hasContent("{\"profiles\":[{\"id\":"));
    }
  }

  @Test
  void exportAndImportCarryAProfileWhole() throws IOException {
    Profile sea = store.create("Sea");
    addImages(sea.id(), "a.png", "b.png");
    store.pools().label(sea.id(), "b.png", "Dunes");
    store.pools().activate(sea.id(), "b.png");
    Path archive = folder.resolve("sea.zip");

    Export export = store.exportTo(sea.id(), archive, Progress.none());
    Profile second = store.importFrom(archive, null, Progress.none());
    Profile third = store.importFrom(archive, null, Progress.none());
    Profile named = store.importFrom(archive, "Named", Progress.none());

    assertThat(export.bytes()).isEqualTo(Files.size(archive));
    assertThat(List.of(second.name(), third.name(), named.name()))
        .containsExactly("Sea (2)", "Sea (3)", "Named");
    assertThat(second.id()).isNotEqualTo(sea.id());
    assertThat(store.pools().fingerprint(second.id()))
        .isEqualTo(store.pools().fingerprint(sea.id()));
    assertCode("profile-name-taken", () -> store.importFrom(archive, "named", Progress.none()));
  }

  @Test
  void theSameProfileExportsToTheSameBytes() throws IOException {
    Profile sea = store.create("Sea");
    addImages(sea.id(), "b.png", "a.png");
    Path first = folder.resolve("first.zip");
    Path second = folder.resolve("second.zip");

    store.exportTo(sea.id(), first, Progress.none());
    opened(Clock.offset(NOON, Duration.ofDays(3))).exportTo(sea.id(), second, Progress.none());

    assertThat(second).hasSameBinaryContentAs(first);
  }

  @Test
  void progressCountsEveryByteOfAnExport() throws IOException {
    Profile sea = store.create("Sea");
    addImages(sea.id(), "a.png", "b.png");
    long[] seen = {0, 0};

    store.exportTo(
        sea.id(),
        folder.resolve("sea.zip"),
        new Progress() {
          @Override
          public void total(long units) {
            seen[0] = units;
          }

          @Override
          public void advance(long units) {
            seen[1] += units;
          }
        });

    assertThat(seen[0]).isPositive().isEqualTo(seen[1]);
  }

  @Test
  void aNumberedNameStaysWithinTheLimit() {
    String longest = "x".repeat(120);
    store.create(longest);
    Profile deleted = store.create("Other");
    store.rename(deleted.id(), "y".repeat(120));
    store.delete(deleted.id());
    store.create("y".repeat(120));

    assertThat(store.restore(deleted.id()).name()).isEqualTo("y".repeat(116) + " (2)");
  }

  @Test
  void twoSpellingsOfOneBaseShareItsLock() throws Exception {
    Files.createDirectories(base);
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    StoreLocks locks = new StoreLocks();
    List<Callable<Integer>> workers = new ArrayList<>();
    for (Path spelling :
        List.of(base, link.resolve("grid_pool"), folder.resolve("x/../grid_pool"))) {
      ProfileStore own = new ProfileStore(spelling, NOON, locks);
      workers.add(
          () -> {
            for (int i = 0; i < 50; i++) {
              own.create(spelling.getNameCount() + " " + spelling + i);
            }
            return 50;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(workers.size());
    try {
      for (Future<Integer> made : threads.invokeAll(workers)) {
        assertThat(made.get()).isEqualTo(50);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(store.list()).hasSize(150);
  }

  @Test
  void anArchiveTakesNoPlaceAmongThePools() {
    Profile sea = store.create("Sea");

    assertCode(
        "export-target-invalid",
        () -> store.exportTo(sea.id(), base.resolve("profiles.json"), Progress.none()));
    assertCode("export-target-invalid", () -> store.exportTo(sea.id(), folder, Progress.none()));
    assertThat(store.list()).containsExactly(sea);
  }

  @Test
  void aProfileDoesNotComeBackOverAPoolThatWasMadeInItsPlace() throws IOException {
    Profile sea = store.create("Sea");
    store.delete(sea.id());
    addImages(sea.id(), "a.png");

    assertCode("profile-id-taken", () -> store.restore("Sea"));
    assertThat(store.pools().get(sea.id()).slots()).hasSize(1);
  }

  private ProfileStore opened(Clock clock) {
    return new ProfileStore(base, clock, new StoreLocks());
  }

  private void addImages(String id, String... names) throws IOException {
    List<NewImage> images = new ArrayList<>();
    for (String name : names) {
      images.add(new NewImage(name, TestImages.write(folder.resolve(name), 8, 8, name.hashCode())));
    }
    assertThat(store.pools().add(id, images, Progress.none()).refused()).isEmpty();
  }

  private static void assertCode(String code, ThrowingCallable call) {
    assertThatExceptionOfType(TidepoolException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }
}
