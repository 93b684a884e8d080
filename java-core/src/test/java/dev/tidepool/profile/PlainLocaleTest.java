package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Progress;
import dev.tidepool.pool.NewImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system whose locale knows no letters but those of ASCII, as in many containers. */
class PlainLocaleTest {
  private static final String CODE = "storage-name-unsupported";

  @TempDir Path folder;

  /** Meets names that this process cannot form. */
  public static final class InPlainLocale {
    private InPlainLocale() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      SmallBase base = SmallBase.at(folder.resolve("grid_pool"));
      assertThat(base.store.list()).extracting(Profile::name).containsExactly("Sea");
      assertThat(base.pools.get("sea").slots()).hasSize(3);
      base.store.rename("sea", "D\u00fcne");
      base.pools.label("sea", "wave.png", "\u6d77");
      Path image = folder.resolve("plain.png");
      base.assertFails(
          CODE,
          () ->
              base.pools.add(
                  "sea", List.of(new NewImage("d\u00fcne.png", image)), Progress.none()));
      base.assertRefuses(folder.resolve("archive.zip"), CODE);
      base.assertFails("slot-not-found", () -> base.pools.image("sea", "x.png"));
    }
  }

  @Test
  void namesThatCannotBeFormedAreNamedAndNothingChanges() throws Exception {
    SmallBase.filled(folder.resolve("grid_pool"));
    SmallBase.image(folder, "plain.png");
    ZipForge forge = ZipForge.named("Lake");
    forge.add("pool/d\u00fcne.png", "x");
    forge.write(folder.resolve("archive.zip"));

    JvmOfItsOwn.with(Map.of("LC_ALL", "POSIX", "LANG", "POSIX")).run(InPlainLocale.class, folder);
  }
}
