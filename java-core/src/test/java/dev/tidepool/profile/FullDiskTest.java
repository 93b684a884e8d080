package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.SmallDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every change, on a small device of its own with ever less space or ever fewer files left. */
class FullDiskTest {
  @TempDir Path folder;

  @Test
  void whatFindsNoSpaceChangesNothing() throws Exception {
    run("bytes");
  }

  @Test
  void whatCanMakeNoMoreFilesChangesNothing() throws Exception {
    run("files");
  }

  private void run(String scarce) throws IOException, InterruptedException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path sources = Files.createDirectory(folder.resolve("sources"));

    String printed =
        JvmOfItsOwn.under(SmallDevice.over(disk))
            .run(FullDiskScenario.class, disk, sources, scarce);

    assertThat(printed).contains("everything tried");
    assertThat(disk).as("the device is gone with its process").isEmptyDirectory();
  }
}
