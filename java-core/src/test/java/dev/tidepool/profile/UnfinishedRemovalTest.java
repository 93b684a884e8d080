package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Progress;
import dev.tidepool.pool.NewImage;
import dev.tidepool.pool.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A removal that a crash cut off just after {@code pool.json} told of it. */
class UnfinishedRemovalTest {
  @TempDir Path folder;
  private Path base;
  private ProfileStore store;

  @BeforeEach
  void cutARemovalOff() throws IOException {
    base = folder.resolve("grid_pool");
    TestPictures pictures = TestPictures.make(folder.resolve("pictures"));
    store = BaseRules.open(base);
    store.create("Sea", "sea", 0);
    NewImage left = new NewImage("left.png", pictures.file(1));
    NewImage gone = new NewImage("gone.png", pictures.file(2));
    store.pools().add("sea", List.of(left, gone), Progress.none());
    Files.writeString(
        base.resolve("sea").resolve("pool.json"),
        """
        {"version":1,"changes":9,"active":"left.png","slots":[{"name":"left.png"}],
        "removal":{"place":"1800000000000","names":["gone.png"]}}""");
  }

  @Test
  void isNotCarriedIntoAnArchive() {
    Path archive = store.exportTo("sea", folder.resolve("sea.zip"), Progress.none()).file();

    Profile arrived = store.importFrom(archive, null, Progress.none());

    assertThat(slots(arrived.id())).containsExactly("left.png");
  }

  @Test
  void isNotCarriedIntoACopy() {
    Profile copy = store.duplicate("sea", "Copy", Progress.none());

    assertThat(base.resolve(copy.id()).resolve("gone.png")).doesNotExist();
    assertThat(slots(copy.id())).containsExactly("left.png");
  }

  @Test
  void isCompletedByTheNextChangeAndCanBeUndone() {
    store.pools().label("sea", "left.png", "Left");
    assertThat(base.resolve("sea").resolve("gone.png")).doesNotExist();

    store.pools().restore("sea", List.of("gone.png"));

    assertThat(slots("sea")).containsExactlyInAnyOrder("left.png", "gone.png");
  }

  private List<String> slots(String id) {
    return store.pools().get(id).slots().stream().map(Slot::name).toList();
  }
}
