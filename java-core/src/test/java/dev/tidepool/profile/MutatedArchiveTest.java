package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import dev.tidepool.io.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage at random: an archive is taken or refused, and nothing else ever happens. */
class MutatedArchiveTest {
  private static final int ROUNDS = 700;
  private static final long SEED = Seeds.seed();

  @TempDir Path folder;

  @Test
  void aMutatedExportIsTakenOrRefused() throws IOException {
    SmallBase base = SmallBase.filled(folder.resolve("grid_pool"));
    Path export = folder.resolve("export.zip");
    base.store.exportTo("sea", export, Progress.none());

    takesOrRefuses(base, Files.readAllBytes(export));
  }

  @Test
  void aMutatedArchiveOfManyKindsIsTakenOrRefused() throws IOException {
    SmallBase base = SmallBase.filled(folder.resolve("grid_pool"));
    ZipForge forge = ZipForge.named("Many").zip64();
    forge.add("pool/", "");
    forge.add("pool/note.txt", "The sea is calm tonight. ".repeat(20));
    forge.add("pool/kept.png", "").stored(SmallBase.imageBytes("plain.png"));
    forge.add("pool/sub/pool.json", "{}").extra(new byte[] {1, 0, 0, 0});

    takesOrRefuses(base, forge.bytes());
  }

  private void takesOrRefuses(SmallBase base, byte[] whole) throws IOException {
    Random random = new Random(SEED);
    Set<String> codes = new TreeSet<>();
    Path archive = folder.resolve("mutated.zip");
    BaseSnapshot before = BaseSnapshot.of(base.root);
    for (int round = 0; round < ROUNDS; round++) {
      Files.write(archive, mutated(whole, random));
      try {
        Profile taken = base.importArchive(archive);
        base.pools.get(taken.id());
        base.store.delete(taken.id());
        dev.tidepool.io.Folders.delete(base.root.resolve(".trash"));
        codes.add("taken");
      } catch (TidepoolException e) {
        codes.add(e.code());
      } catch (RuntimeException | IOException e) {
        fail("seed " + SEED + " round " + round, e);
      }
      if (round % 100 == 0) {
        before.assertUnchanged();
      }
    }
    before.assertUnchanged();
    assertThat(codes)
        .as("seed %s", SEED)
        .contains("archive-corrupt")
        .allMatch(code -> code.matches("taken|archive-.*|profile-name-invalid"));
  }

  /** Some bytes changed, or a part cut out, doubled or made zero; mostly where the headers are. */
  private static byte[] mutated(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    if (random.nextInt(8) == 0) {
      int from = random.nextInt(bytes.length);
      int length = 1 + random.nextInt(Math.min(64, bytes.length - from));
      byte[] shorter = new byte[bytes.length - length];
      System.arraycopy(bytes, 0, shorter, 0, from);
      System.arraycopy(bytes, from + length, shorter, from, shorter.length - from);
      return shorter;
    }
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int tail = Math.min(bytes.length, 600);
      int at =
          random.nextBoolean()
              ? random.nextInt(bytes.length)
              : bytes.length - 1 - random.nextInt(tail);
      bytes[at] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) random.nextInt(256);
            case 1 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
            case 2 -> (byte) 0xFF;
            default -> 0;
          };
    }
    return bytes;
  }
}
