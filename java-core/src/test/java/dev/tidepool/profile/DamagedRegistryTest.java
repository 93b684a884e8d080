package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedRegistryTest {
  private static final long SEED = Seeds.seed();

  @TempDir Path folder;
  private SmallBase base;
  private Path registry;

  @BeforeEach
  void makeBase() throws IOException {
    base = SmallBase.filled(folder.resolve("grid_pool"));
    registry = base.root.resolve("profiles.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u0000",
        "[]",
        "null",
        "7",
        "\"profiles\"",
        "{",
        "{\"profiles\":",
        "{\"profiles\":[",
        "{\"profiles\":{}}",
        "{\"profiles\":null}",
        "{\"profiles\":[null]}",
        "{\"profiles\":[[]]}",
        "{\"profiles\":[7]}",
        "{\"profiles\":[{}]}",
        "{\"profiles\":[{\"id\":\"a\"}]}",
        "{\"profiles\":[{\"name\":\"a\"}]}",
        "{\"profiles\":[{\"id\":7,\"name\":\"a\"}]}",
        "{\"profiles\":[{\"id\":\"a\",\"name\":7}]}",
        "{\"profiles\":[{\"id\":\"a\",\"name\":null}]}",
        "{\"profiles\":[{\"id\":\"../x\",\"name\":\"a\"}]}",
        "{\"profiles\":[{\"id\":\"\",\"name\":\"a\"}]}",
        "{\"profiles\":[{\"id\":\"a\\u0000\",\"name\":\"a\"}]}",
        "{\"profiles\":[{\"id\":\"a/b\",\"name\":\"a\"}]}",
        "{\"profiles\":[]} and more",
        "{\"profiles\":[]}{\"profiles\":[]}",
        "{\"profiles\":[{\"id\":\"a\",\"name\":\"a\",}]}",
      })
  void aDamagedFileIsKeptAsideAndRebuilt(String content) throws IOException {
    Files.writeString(registry, content);

    assertRebuilt(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bytesThatAreNoTextAreKeptAsideToo() throws IOException {
    byte[] latin =
        "{\"profiles\":[{\"id\":\"a\",\"name\":\"D\u00fcne\"}]}"
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(registry, latin);

    assertRebuilt(latin);
  }

  @Test
  void aHundredMegabytesOfBracketsAreKeptAsideInLittleMemory() throws Exception {
    byte[] brackets = new byte[100 << 20];
    Arrays.fill(brackets, (byte) '[');
    Files.write(registry, brackets);

    String printed = JvmOfItsOwn.plain().options("-Xmx48m").run(Listing.class, base.root).strip();

    assertThat(printed).endsWith("[Profile[id=sea, name=Sea, created=1700000000000]]");
    assertThat(aside()).singleElement().satisfies(file -> assertThat(file).hasSize(100 << 20));
  }

  /** Prints the profiles. */
  public static final class Listing {
    private Listing() {}

    public static void main(String[] arguments) {
      System.out.println(SmallBase.at(Path.of(arguments[0])).store.list());
    }
  }

  @Test
  void truncationAtAnyByteIsSurvived() throws IOException {
    byte[] whole = Files.readAllBytes(registry);
    for (int length = 0; length < whole.length; length++) {
      Files.write(registry, Arrays.copyOf(whole, length));
      assertThat(base.store.list()).extracting(Profile::id).containsExactly("sea");
    }
  }

  @Test
  void aByteOrderMarkIsNoDamage() throws IOException {
    byte[] whole = Files.readAllBytes(registry);
    byte[] marked = new byte[whole.length + 3];
    marked[0] = (byte) 0xEF;
    marked[1] = (byte) 0xBB;
    marked[2] = (byte) 0xBF;
    System.arraycopy(whole, 0, marked, 3, whole.length);
    Files.write(registry, marked);

    assertThat(base.store.list()).extracting(Profile::name).containsExactly("Sea");
    base.store.rename("sea", "Lake");
    assertThat(aside()).isEmpty();
  }

  @Test
  void unknownFieldsSurviveARewrite() throws IOException {
    Files.writeString(
        registry,
        """
        {"theme":{"dark":true},"profiles":[
          {"id":"sea","name":"Sea","created":1700000000000,"colour":"#09f","tags":["a",1.50]}],
         "later":[1,2]}
        """);

    base.store.rename("sea", "Lake");
    Profile hill = base.store.create("Hill");
    base.store.delete(hill.id());

    assertThat(new ObjectMapper().readTree(registry.toFile()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"theme":{"dark":true},"profiles":[
                      {"id":"sea","name":"Lake","created":1700000000000,"colour":"#09f","tags":["a",1.50]}],
                     "later":[1,2]}
                    """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x\\ny", "\\u0000", "\\ud800", "\\udfff x"})
  void namesThatNobodyCouldGiveNeverBlockAChange(String name) throws IOException {
    Files.writeString(
        registry, "{\"profiles\":[{\"id\":\"sea\",\"name\":\"" + name + "\",\"created\":1}]}");

    base.store.create("Lake");
    base.store.rename("sea", "Sea");

    assertThat(base.store.list()).extracting(Profile::name).containsExactly("Sea", "Lake");
  }

  @Test
  void creationTimesOfAnyKindAreNoDamage() throws IOException {
    for (String created :
        List.of(
            "null",
            "\"soon\"",
            "-1",
            "1e300",
            "1e999999999",
            "1e-999999999",
            "9".repeat(100),
            "1.5",
            "[]")) {
      Files.writeString(
          registry,
          "{\"profiles\":[{\"id\":\"sea\",\"name\":\"Sea\",\"created\":" + created + "}]}");
      assertThat(base.store.list()).as(created).extracting(Profile::name).containsExactly("Sea");
      base.store.rename("sea", "Lake");
    }
  }

  @Test
  void rebuildingPassesOverWhatTellsNoProfile() throws IOException {
    for (String id : List.of("bad-json", "no-name", "bad-name", "not a valid id", "x.y")) {
      Files.createDirectories(base.root.resolve(id));
    }
    Files.writeString(base.root.resolve("bad-json/profile_meta.json"), "{\"name\":");
    Files.writeString(base.root.resolve("no-name/profile_meta.json"), "{\"created\":1}");
    Files.writeString(base.root.resolve("bad-name/profile_meta.json"), "{\"name\":\"\\n\"}");
    Files.writeString(base.root.resolve("x.y/profile_meta.json"), "{\"name\":\"Other\"}");
    Files.createDirectories(base.root.resolve("a-folder/profile_meta.json"));
    Files.createDirectories(base.root.resolve("twin"));
    Files.writeString(base.root.resolve("twin/profile_meta.json"), "{\"name\":\"SEA\"}");
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("profile_meta.json"), "{\"name\":\"Outside\"}");
    Files.createSymbolicLink(base.root.resolve("link"), outside);
    Files.writeString(registry, "{");

    assertThat(base.store.list()).extracting(Profile::name).containsExactly("SEA", "Sea (2)");
  }

  @Test
  void seededMutationsNeverBreakAListingOrAChange() throws IOException {
    base.store.create("Lake", "lake", 5);
    byte[] whole = Files.readAllBytes(registry);
    Random random = new Random(SEED);
    for (int round = 0; round < 60; round++) {
      Files.write(registry, mutated(whole, random));
      try {
        List<Profile> listed = base.store.list();
        assertThat(listed).allMatch(profile -> base.store.find(profile.id()).isPresent());
        Profile made = base.store.create("Hill " + round);
        assertThat(base.store.list()).hasSize(listed.size() + 1).contains(made);
        base.store.delete(made.id());
      } catch (RuntimeException | AssertionError e) {
        fail("seed " + SEED + " round " + round, e);
      }
      aside().forEach(this::remove);
    }
  }

  private void remove(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] mutated(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    String syntax = "{}[]\",:\\0u\u0001";
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] =
          random.nextBoolean()
              ? (byte) random.nextInt(256)
              : (byte) syntax.charAt(random.nextInt(syntax.length()));
    }
    return bytes;
  }

  private void assertRebuilt(byte[] damaged) throws IOException {
    assertThat(base.store.list()).containsExactly(new Profile("sea", "Sea", 1_700_000_000_000L));
    assertThat(aside())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file).hasBinaryContent(damaged);
              assertThat(file.getFileName())
                  .hasToString("profiles.json.corrupt-20260102T030405.678Z");
            });
    assertThat(SmallBase.at(base.root).store.list()).isEqualTo(base.store.list());
    try {
      base.store.create("Lake");
    } catch (TidepoolException e) {
      fail(e);
    }
  }

  private List<Path> aside() throws IOException {
    try (Stream<Path> files = Files.list(base.root)) {
      return new ArrayList<>(
          files.filter(file -> file.getFileName().toString().contains("corrupt")).toList());
    }
  }
}
