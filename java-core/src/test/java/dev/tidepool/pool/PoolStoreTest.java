package dev.tidepool.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolStoreTest {
  private static final String ID = "pool-1";

  @TempDir Path folder;
  private Path base;
  private PoolStore pools;

  @BeforeEach
  void openBase() {
    base = folder.resolve("grid_pool");
    pools = opened(Clock.systemUTC());
  }

  @Test
  void anUnusedIdIsAnEmptyPoolAndMakesNothing() {
    Pool pool = pools.get(ID);

    assertThat(pool.slots()).isEmpty();
    assertThat(pool.active()).isNull();
    assertThat(base).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "a.b", "ä", "a b", "%2e%2e", "\u0000"})
  void idsOutsideThePatternAreRefused(String id) {
    assertCode("id-invalid", () -> pools.get(id));
    assertCode("id-invalid", () -> pools.add(id, List.of(), Progress.none()));
  }

  @Test
  void anIdOfMoreThan64CharactersIsRefused() {
    assertThat(pools.get("x".repeat(64)).slots()).isEmpty();
    assertCode("id-invalid", () -> pools.get("x".repeat(65)));
  }

  @Test
  void addedImagesKeepTheirBytesAndTellTheirSize() throws IOException {
    Path sea = TestImages.write(folder.resolve("sea.png"), 40, 30, 0x0000ff);

    add("sea.png");

    Slot slot = pools.get(ID).slots().get(0);
    assertThat(slot.name()).isEqualTo("sea.png");
    assertThat(slot.label()).isEqualTo("sea");
    assertThat(slot.width()).isEqualTo(40);
    assertThat(slot.height()).isEqualTo(30);
    assertThat(slot.bytes()).isEqualTo(Files.size(sea));
    assertThat(slot.enabled()).isTrue();
    assertThat(slot.mask()).isFalse();
    assertThat(pools.image(ID, "sea.png")).hasSameBinaryContentAs(sea);
  }

  @Test
  void theContentAndNotTheNameDecidesTheFormat() throws IOException {
    Path png = TestImages.write(folder.resolve("x.png"), 4, 4, 1);
    Path lying = Files.copy(png, folder.resolve("photo.jpg"));
    Path text = Files.writeString(folder.resolve("upload-7"), "no image");

    Addition addition =
        pools.add(
            ID,
            List.of(new NewImage("photo.jpg", lying), new NewImage("text.png", text)),
            Progress.none());

    assertThat(addition.added()).containsExactly("photo.png");
    assertThat(addition.refused()).singleElement().extracting(Refusal::name).isEqualTo("text.png");
    assertThat(addition.refused().get(0).error().code()).isEqualTo("image-format-unsupported");
    assertThat(addition.refused().get(0).error().text()).startsWith("\"text.png\" cannot be used");
    assertThat(names()).containsExactly("photo.png");
  }

  @Test
  void aMissingFileIsRefusedAndTheOthersAreAdded() throws IOException {
    Path good = TestImages.write(folder.resolve("good.png"), 4, 4, 1);

    Addition addition =
        pools.add(
            ID,
            List.of(
                new NewImage("gone.png", folder.resolve("gone.png")),
                new NewImage("good.png", good)),
            Progress.none());

    assertThat(addition.added()).containsExactly("good.png");
    assertThat(addition.refused().get(0).error().code()).isEqualTo("file-not-found");
  }

  @Test
  void onlyRefusedFilesMakeNoPool() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "no image");

    pools.add(ID, List.of(new NewImage("text.png", text)), Progress.none());

    assertThat(base.resolve(ID)).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ../../evil.png      | evil.png
          C:\\dir\\sea.PNG    | sea.PNG
          .hidden.png         | hidden.png
          a<b>c:d.png         | a_b_c_d.png
          con.png             | _con.png
          noending            | noending.png
          v1.2                | v1.2.png
          .png                | png.png
          '  '                | image.png
          '  spaced  .png'    | spaced.png
          """)
  void suggestedNamesAreMadeSafe(String suggested, String stored) throws IOException {
    Path png = TestImages.write(folder.resolve("source.png"), 4, 4, 1);

    Addition addition = pools.add(ID, List.of(new NewImage(suggested, png)), Progress.none());

    assertThat(addition.added()).containsExactly(stored);
    assertThat(base.resolve(ID).resolve(stored)).exists();
  }

  @Test
  void aTakenNameGetsANumberIgnoringCase() throws IOException {
    add("sea.png");
    Path sea = TestImages.write(folder.resolve("other.png"), 4, 4, 1);

    pools.add(
        ID, List.of(new NewImage("SEA.png", sea), new NewImage("sea.png", sea)), Progress.none());

    assertThat(names()).containsExactly("sea.png", "SEA (2).png", "sea (3).png");
  }

  @Test
  void theFirstImageBecomesActiveAndLaterOnesDoNot() throws IOException {
    add("a.png", "b.png");
    add("c.png");

    assertThat(pools.get(ID).active()).isEqualTo("a.png");
  }

  @ParameterizedTest
  @CsvSource({"a.png,b.png", "b.png,c.png", "c.png,b.png"})
  void removingTheActiveSlotPicksItsNeighbour(String active, String next) throws IOException {
    add("a.png", "b.png", "c.png");
    pools.activate(ID, active);

    Pool pool = pools.remove(ID, List.of(active));

    assertThat(pool.active()).isEqualTo(next);
  }

  @Test
  void aDisabledNeighbourIsPassedOver() throws IOException {
    add("a.png", "b.png", "c.png");
    pools.enable(ID, List.of("b.png"), false);

    assertThat(pools.remove(ID, List.of("a.png")).active()).isEqualTo("c.png");
  }

  @Test
  void removedImagesComeBackWhereTheyWereWithLabelAndMask() throws IOException {
    add("a.png", "b.png", "c.png");
    pools.label(ID, "b.png", "Dunes");
    pools.enable(ID, List.of("b.png"), false);
    pools.attachMask(ID, "b.png", TestImages.write(folder.resolve("mask.png"), 4, 4, 0xffffff));
    List<Slot> before = pools.get(ID).slots();

    assertThat(pools.remove(ID, List.of("b.png")).slots()).hasSize(2);
    assertThat(base.resolve(ID).resolve("b.png")).doesNotExist();

    assertThat(pools.restore(ID, List.of("b.png")).slots()).isEqualTo(before);
    assertThat(pools.mask(ID, "b.png")).isPresent();
  }

  @Test
  void restoringUnderATakenNameKeepsBoth() throws IOException {
    add("a.png");
    pools.remove(ID, List.of("a.png"));
    add("a.png");

    pools.restore(ID, List.of("a.png"));

    assertThat(names()).containsExactlyInAnyOrder("a.png", "a (2).png");
  }

  @Test
  void restoringWhatWasNeverRemovedIsRefused() throws IOException {
    add("a.png", "b.png");
    pools.remove(ID, List.of("a.png"));

    assertCode("slot-not-in-trash", () -> pools.restore(ID, List.of("a.png", "x.png")));
    assertThat(names()).containsExactly("b.png");
  }

  @Test
  void removedImagesArePurgedAfterSevenDays() throws IOException {
    add("a.png", "b.png");
    pools.remove(ID, List.of("a.png"));

    PoolStore later = opened(Clock.fixed(Instant.now().plus(Duration.ofDays(8)), ZoneOffset.UTC));
    later.remove(ID, List.of("b.png"));

    assertCode("slot-not-in-trash", () -> later.restore(ID, List.of("a.png")));
    assertThat(later.restore(ID, List.of("b.png")).slots()).hasSize(1);
  }

  @Test
  void reorderPutsTheNamedFirstAndKeepsTheRest() throws IOException {
    add("a.png", "b.png", "c.png", "d.png");

    pools.reorder(ID, List.of("d.png", "b.png"));

    assertThat(names()).containsExactly("d.png", "b.png", "a.png", "c.png");
    assertCode("slot-not-found", () -> pools.reorder(ID, List.of("a.png", "x.png")));
    assertThat(names()).containsExactly("d.png", "b.png", "a.png", "c.png");
  }

  @Test
  void labelsAreTrimmedAndAnEmptyOneBringsBackTheName() throws IOException {
    add("a.png");

    assertThat(pools.label(ID, "a.png", "  Dunes ").slots().get(0).label()).isEqualTo("Dunes");
    assertThat(pools.label(ID, "a.png", " ").slots().get(0).label()).isEqualTo("a");
    assertCode("label-invalid", () -> pools.label(ID, "a.png", "two\nlines"));
    assertCode("label-invalid", () -> pools.label(ID, "a.png", "x".repeat(121)));
  }

  @Test
  void aDisabledSlotCannotBeActive() throws IOException {
    add("a.png", "b.png");

    Pool pool = pools.enable(ID, List.of("a.png"), false);

    assertThat(pool.active()).isEqualTo("b.png");
    assertThat(pool.slots().get(0).enabled()).isFalse();
    assertCode("slot-disabled", () -> pools.activate(ID, "a.png"));
    assertThat(pools.enable(ID, List.of("b.png"), false).active()).isNull();
    assertThat(pools.enable(ID, List.of("a.png"), true).active()).isEqualTo("a.png");
  }

  @Test
  void changesOfUnknownSlotsAreRefused() throws IOException {
    add("a.png");
    Path mask = TestImages.write(folder.resolve("mask.png"), 4, 4, 1);

    assertCode("slot-not-found", () -> pools.remove(ID, List.of("a.png", "x.png")));
    assertCode("slot-not-found", () -> pools.activate(ID, "x.png"));
    assertCode("slot-not-found", () -> pools.label(ID, "x.png", "X"));
    assertCode("slot-not-found", () -> pools.enable(ID, List.of("x.png"), false));
    assertCode("slot-not-found", () -> pools.attachMask(ID, "x.png", mask));
    assertCode("slot-not-found", () -> pools.removeMask(ID, "x.png"));
    assertCode("slot-not-found", () -> pools.image(ID, "../" + ID + "/a.png"));
    assertCode("slot-not-found", () -> pools.image(ID, "pool.json"));
    assertThat(names()).containsExactly("a.png");
  }

  @Test
  void aMaskIsAttachedReplacedAndRemovedAndIsNoSlot() throws IOException {
    add("a.png");
    Path black = TestImages.write(folder.resolve("black.png"), 4, 4, 0);
    Path white = TestImages.write(folder.resolve("white.png"), 4, 4, 0xffffff);

    assertThat(pools.attachMask(ID, "a.png", black).slots().get(0).mask()).isTrue();
    pools.attachMask(ID, "a.png", white);

    assertThat(pools.mask(ID, "a.png").orElseThrow()).hasSameBinaryContentAs(white);
    assertThat(base.resolve(ID).resolve("masks").resolve("a.png.png")).exists();
    assertThat(names()).containsExactly("a.png");
    assertThat(pools.removeMask(ID, "a.png").slots().get(0).mask()).isFalse();
    assertThat(pools.mask(ID, "a.png")).isEmpty();
  }

  @Test
  void aMaskThatIsNoPngIsRefused() throws IOException {
    add("a.png");
    Path jpeg = TestImages.write(folder.resolve("mask.jpg"), 4, 4, 1);

    assertCode("mask-format-unsupported", () -> pools.attachMask(ID, "a.png", jpeg));
    assertCode(
        "file-not-found", () -> pools.attachMask(ID, "a.png", folder.resolve("nothing.png")));
    assertThat(pools.get(ID).slots().get(0).mask()).isFalse();
  }

  @Test
  void everyChangeGivesANewRevisionAndReadingNone() throws IOException {
    List<String> revisions = new ArrayList<>();
    revisions.add(pools.get(ID).revision());
    add("a.png", "b.png");
    revisions.add(pools.get(ID).revision());
    revisions.add(pools.label(ID, "a.png", "x").revision());
    revisions.add(pools.label(ID, "a.png", "").revision());
    revisions.add(pools.activate(ID, "b.png").revision());
    revisions.add(pools.reorder(ID, List.of("b.png")).revision());
    revisions.add(pools.enable(ID, List.of("a.png"), false).revision());
    revisions.add(
        pools
            .attachMask(ID, "a.png", TestImages.write(folder.resolve("m.png"), 4, 4, 1))
            .revision());
    revisions.add(pools.removeMask(ID, "a.png").revision());
    revisions.add(pools.remove(ID, List.of("b.png")).revision());
    revisions.add(pools.restore(ID, List.of("b.png")).revision());
    TestImages.write(base.resolve(ID).resolve("byhand.png"), 4, 4, 1);
    revisions.add(pools.get(ID).revision());

    assertThat(revisions).doesNotHaveDuplicates();
    assertThat(pools.get(ID).revision()).isEqualTo(revisions.get(revisions.size() - 1));
  }

  @Test
  void filesDroppedInByHandFollowAtTheEnd() throws IOException {
    add("m.png");
    TestImages.write(base.resolve(ID).resolve("z.png"), 7, 5, 1);
    TestImages.write(base.resolve(ID).resolve("b.png"), 7, 5, 1);
    Files.writeString(base.resolve(ID).resolve("notes.txt"), "hello");
    Files.writeString(base.resolve(ID).resolve("broken.png"), "no image");

    assertThat(names()).containsExactly("m.png", "b.png", "z.png");

    add("later.png");
    assertThat(names()).containsExactly("m.png", "b.png", "z.png", "later.png");
    assertThat(pools.label(ID, "z.png", "Z").slots().get(2).label()).isEqualTo("Z");
  }

  @Test
  void filesDeletedByHandDisappearAndTheActiveSlotMovesOn() throws IOException {
    add("a.png", "b.png", "c.png");
    pools.activate(ID, "b.png");
    Files.delete(base.resolve(ID).resolve("b.png"));

    assertThat(names()).containsExactly("a.png", "c.png");
    assertThat(pools.get(ID).active()).isEqualTo("c.png");
    assertThat(pools.label(ID, "a.png", "A").active()).isEqualTo("c.png");
  }

  @Test
  void aFileReplacedByHandTellsItsNewSize() throws IOException {
    add("a.png");
    pools.get(ID);
    Path file = TestImages.write(base.resolve(ID).resolve("a.png"), 123, 45, 7);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));

    Slot slot = pools.get(ID).slots().get(0);
    assertThat(slot.width()).isEqualTo(123);
    assertThat(slot.modified()).isEqualTo(Instant.parse("2020-01-02T03:04:05Z").toEpochMilli());
  }

  @Test
  void anotherStoreSeesTheSame() throws IOException {
    add("a.png", "b.png");
    pools.label(ID, "b.png", "Dunes");

    assertThat(opened(Clock.systemUTC()).get(ID)).isEqualTo(pools.get(ID));
  }

  @Test
  void theFingerprintTellsContentAndNotTimes() throws IOException {
    add("a.png");
    Path other = TestImages.write(folder.resolve("a.png"), 4, 4, 0x111111);
    Path image = base.resolve(ID).resolve("a.png");
    Files.copy(other, image, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    String before = pools.fingerprint(ID);
    String slotBefore = pools.fingerprint(ID, "a.png");

    Files.setLastModifiedTime(image, FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
    assertThat(pools.fingerprint(ID)).isEqualTo(before);

    TestImages.write(image, 4, 4, 0x222222);
    assertThat(pools.fingerprint(ID)).isNotEqualTo(before);
    assertThat(pools.fingerprint(ID, "a.png")).isNotEqualTo(slotBefore);
  }

  @Test
  void theFingerprintOfASlotTellsItsMaskAndNotItsLabel() throws IOException {
    add("a.png");
    String plain = pools.fingerprint(ID, "a.png");

    pools.label(ID, "a.png", "Dunes");
    assertThat(pools.fingerprint(ID, "a.png")).isEqualTo(plain);
    pools.attachMask(ID, "a.png", TestImages.write(folder.resolve("mask.png"), 4, 4, 1));
    assertThat(pools.fingerprint(ID, "a.png")).isNotEqualTo(plain);
  }

  @Test
  void theCacheOfFactsMayBeDeletedOrDamaged() throws IOException {
    add("a.png", "b.png");
    Pool before = pools.get(ID);
    Path facts = base.resolve(ID).resolve(".thumbs").resolve("facts.tsv");
    assertThat(facts).exists();

    Files.writeString(facts, "1\t2\nnonsense\n\t\t\t\t\t\n");
    assertThat(opened(Clock.systemUTC()).get(ID)).isEqualTo(before);
    Files.delete(facts);
    assertThat(opened(Clock.systemUTC()).get(ID)).isEqualTo(before);
  }

  @Test
  void aDamagedPoolFileIsKeptAsideAndTheImagesStay() throws IOException {
    add("a.png", "b.png");
    Files.writeString(base.resolve(ID).resolve("pool.json"), "{\"version\":1,\"slots\":[{");

    assertThat(names()).containsExactly("a.png", "b.png");
    try (var files = Files.list(base.resolve(ID))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("pool.json.corrupt-"));
    }
  }

  @Test
  void aPoolOfANewerFormatIsNotTouched() throws IOException {
    add("a.png");
    Path file = base.resolve(ID).resolve("pool.json");
    String newer = "{\"version\":2,\"layers\":[]}";
    Files.writeString(file, newer);

    assertCode("pool-version-unsupported", () -> pools.get(ID));
    assertCode("pool-version-unsupported", () -> pools.label(ID, "a.png", "x"));
    assertThat(file).hasContent(newer);
  }

  @Test
  void linksInAPoolAreNoSlots() throws IOException {
    add("a.png");
    Path secret = TestImages.write(folder.resolve("secret.png"), 4, 4, 1);
    Files.createSymbolicLink(base.resolve(ID).resolve("link.png"), secret);

    assertThat(names()).containsExactly("a.png");
    assertCode("slot-not-found", () -> pools.image(ID, "link.png"));
  }

  @Test
  void aPoolFolderThatIsALinkIsRefused() throws IOException {
    Files.createDirectories(base);
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.createSymbolicLink(base.resolve(ID), outside);

    assertCode("pool-outside-base", () -> pools.get(ID));
    assertCode("pool-outside-base", () -> add("a.png"));
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aRestoredImageGivesWayToOneOfItsNameInAnotherCase() throws IOException {
    add("sea.png");
    pools.remove(ID, List.of("sea.png"));
    add("SEA.png");

    pools.restore(ID, List.of("sea.png"));

    assertThat(names()).containsExactlyInAnyOrder("SEA.png", "sea (2).png");
  }

  @Test
  void aNewImageDoesNotInheritTheMaskOfOneThatWasDeletedByHand() throws IOException {
    add("a.png");
    pools.attachMask(ID, "a.png", TestImages.write(folder.resolve("mask.png"), 4, 4, 1));
    Files.delete(base.resolve(ID).resolve("a.png"));

    add("a.png");

    assertThat(pools.get(ID).slots())
        .singleElement()
        .satisfies(slot -> assertThat(slot.mask()).isFalse());
  }

  @Test
  void aLinkInPlaceOfTheCacheIsNotFollowed() throws IOException {
    add("a.png");
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Path thumbs = base.resolve(ID).resolve(".thumbs");
    Files.delete(thumbs.resolve("facts.tsv"));
    Files.delete(thumbs);
    Files.createSymbolicLink(thumbs, outside);

    assertThat(opened(Clock.systemUTC()).get(ID).slots()).hasSize(1);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void changingNothingInAnUnusedPoolMakesNothing() {
    assertThat(pools.reorder(ID, List.of()).slots()).isEmpty();
    assertThat(pools.enable(ID, List.of(), true).slots()).isEmpty();
    assertThat(base).doesNotExist();
  }

  @Test
  void refusedChangesMakeNoBase() throws IOException {
    Path mask = TestImages.write(folder.resolve("mask.png"), 4, 4, 1);

    assertCode("slot-not-found", () -> pools.activate(ID, "a.png"));
    assertCode("slot-not-found", () -> pools.attachMask(ID, "a.png", mask));
    assertCode("slot-not-in-trash", () -> pools.restore(ID, List.of("a.png")));
    NewImage missing = new NewImage("x.png", folder.resolve("x.png"));
    assertThat(pools.add(ID, List.of(missing), Progress.none()).refused()).hasSize(1);
    assertThat(base).doesNotExist();
  }

  @Test
  void aFileThatIsNoImageAnyMoreCannotBecomeActive() throws IOException {
    add("a.png", "b.png");
    Files.writeString(base.resolve(ID).resolve("b.png"), "no image");

    assertCode("slot-not-found", () -> pools.activate(ID, "b.png"));
  }

  @Test
  void whatDoesNotBelongInTheTrashHindersNobody() throws IOException {
    add("a.png", "b.png");
    pools.remove(ID, List.of("a.png"));
    for (String place : List.of("", "slots", "slots/" + ID)) {
      Files.writeString(base.resolve(".trash").resolve(place).resolve(".DS_Store"), "x");
    }

    PoolStore later = opened(Clock.offset(Clock.systemUTC(), Duration.ofDays(1)));

    assertThat(later.restore(ID, List.of("a.png")).slots()).hasSize(2);
  }

  private PoolStore opened(Clock clock) {
    return new PoolStore(new PoolBase(base, clock, new StoreLocks()));
  }

  private void add(String... names) throws IOException {
    List<NewImage> images = new ArrayList<>();
    for (String name : names) {
      images.add(
          new NewImage(name, TestImages.write(folder.resolve(name), 40, 30, name.hashCode())));
    }
    assertThat(pools.add(ID, images, Progress.none()).refused()).isEmpty();
  }

  private List<String> names() {
    return pools.get(ID).slots().stream().map(Slot::name).toList();
  }

  private static void assertCode(String code, ThrowingCallable call) {
    assertThatExceptionOfType(TidepoolException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.text()).isNotBlank());
  }
}
