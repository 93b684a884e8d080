package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and files that may not be read or written, also where the tests run as root. */
class DeniedAccessTest {
  /** Starts a program as the same user without the right to pass over permissions. */
  private static final List<String> POWERLESS =
      List.of(
          "setpriv",
          "--bounding-set=-dac_override,-dac_read_search",
          "--inh-caps=-dac_override,-dac_read_search");

  @TempDir Path folder;

  @Test
  void whatMayNotBeReadOrWrittenIsNamedAndUnchanged() throws Exception {
    List<String> launcher = permissionsBind() ? List.of() : POWERLESS;

    String printed = JvmOfItsOwn.under(launcher).run(DeniedAccessScenario.class, folder);

    assertThat(printed).contains("everything tried");
  }

  private boolean permissionsBind() throws IOException {
    Path trial =
        Files.createFile(
            folder.resolve("trial"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
    try {
      Files.readAllBytes(trial);
      return false;
    } catch (AccessDeniedException e) {
      return true;
    } finally {
      Files.delete(trial);
    }
  }
}
