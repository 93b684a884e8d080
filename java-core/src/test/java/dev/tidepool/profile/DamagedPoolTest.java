package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tidepool.io.Seeds;
import dev.tidepool.pool.Pool;
import dev.tidepool.pool.Slot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedPoolTest {
  private static final long SEED = Seeds.seed();

  @TempDir Path folder;
  private SmallBase base;
  private Path pool;
  private Path file;

  @BeforeEach
  void makeBase() throws IOException {
    base = SmallBase.filled(folder.resolve("grid_pool"));
    pool = base.root.resolve("sea");
    file = pool.resolve("pool.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u0000",
        "[]",
        "null",
        "{",
        "{\"slots\":",
        "{\"slots\":7}",
        "{\"slots\":null}",
        "{\"slots\":[7]}",
        "{\"slots\":[{}]}",
        "{\"slots\":[{\"name\":7}]}",
        "{\"slots\":[{\"name\":\"\"}]}",
        "{\"slots\":[{\"name\":\"..\"}]}",
        "{\"slots\":[{\"name\":\"../x.png\"}]}",
        "{\"slots\":[{\"name\":\"a\\\\b.png\"}]}",
        "{\"slots\":[{\"name\":\"a\\u0000.png\"}]}",
        "{\"slots\":[{\"name\":\"wave.png\",\"label\":7}]}",
        "{\"slots\":[{\"name\":\"wave.png\",\"enabled\":\"yes\"}]}",
        "{\"active\":7}",
        "{\"version\":\"1\"}",
        "{\"version\":99999999999999999999}",
        "{\"changes\":1.5}",
        "{\"changes\":99999999999999999999}",
        "{\"removal\":7}",
        "{\"removal\":{}}",
        "{\"removal\":{\"place\":\"../..\",\"names\":[]}}",
        "{\"removal\":{\"place\":\"1\",\"names\":[\"../../profiles.json\"]}}",
        "{\"slots\":[]} and more",
      })
  void aDamagedFileIsKeptAsideAndTheImagesAreListed(String content) throws IOException {
    Files.writeString(file, content);

    Pool read = base.pools.get("sea");

    assertThat(read.slots())
        .extracting(Slot::name)
        .containsExactlyInAnyOrder("dune.jpg", "palms.bmp", "wave.png");
    assertThat(aside())
        .singleElement()
        .satisfies(
            kept -> assertThat(kept).hasBinaryContent(content.getBytes(StandardCharsets.UTF_8)));
    assertThat(base.pools.label("sea", "wave.png", "Wave").slots()).hasSize(3);
  }

  @Test
  void aHugeFileIsKeptAsideInLittleMemory() throws Exception {
    byte[] brackets = new byte[100 << 20];
    Arrays.fill(brackets, (byte) '[');
    Files.write(file, brackets);

    String printed = JvmOfItsOwn.plain().options("-Xmx48m").run(Listing.class, base.root);

    assertThat(printed).contains("wave.png");
    assertThat(aside()).hasSize(1);
  }

  /** Prints the pool. */
  public static final class Listing {
    private Listing() {}

    public static void main(String[] arguments) {
      System.out.println(SmallBase.at(Path.of(arguments[0])).pools.get("sea"));
    }
  }

  @Test
  void deepNestingIsDamageAndNothingWorse() throws IOException {
    Files.writeString(file, "{\"x\":" + "[".repeat(100_000));

    assertThat(base.pools.get("sea").slots()).hasSize(3);
    assertThat(aside()).hasSize(1);
  }

  @Test
  void aNewerFileIsLeftAlone() throws IOException {
    Files.writeString(file, "{\"version\":2,\"slots\":{}}");

    base.assertFails("pool-version-unsupported", () -> base.pools.get("sea"));
    base.assertFails("pool-version-unsupported", () -> base.pools.label("sea", "wave.png", "Wave"));
  }

  @Test
  void loneSurrogatesDoNotBlockChanges() throws IOException {
    Files.writeString(
        file,
        """
        {"active":"\\ud800","slots":[{"name":"wave.png","label":"\\udfff"},{"name":"\\ud800.png"}]}
        """);

    base.pools.label("sea", "dune.jpg", "Dune");

    assertThat(base.pools.get("sea").slots()).hasSize(3).extracting(Slot::label).contains("Dune");
  }

  @Test
  void truncationAtAnyByteIsSurvived() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(base.pools.get("sea").slots()).hasSize(3);
    }
  }

  @Test
  void seededMutationsNeverBreakAListingOrAChange() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(SEED);
    for (int round = 0; round < 150; round++) {
      byte[] bytes = whole.clone();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] =
            (byte) (random.nextBoolean() ? random.nextInt(256) : '"');
      }
      Files.write(file, bytes);
      try {
        assertThat(base.pools.get("sea").slots()).hasSize(3);
        base.pools.enable("sea", List.of("wave.png"), round % 2 == 0);
        assertThat(base.pools.get("sea").slots()).hasSize(3);
      } catch (dev.tidepool.error.TidepoolException e) {
        assertThat(e.code())
            .as("seed %s round %s", SEED, round)
            .isEqualTo("pool-version-unsupported");
      } catch (RuntimeException | AssertionError e) {
        fail("seed " + SEED + " round " + round, e);
      }
    }
  }

  private List<Path> aside() throws IOException {
    try (Stream<Path> files = Files.list(pool)) {
      return files.filter(kept -> kept.toString().contains("pool.json.corrupt-")).toList();
    }
  }
}
