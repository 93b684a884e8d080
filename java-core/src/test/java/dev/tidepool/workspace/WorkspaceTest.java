package dev.tidepool.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkspaceTest {
  @TempDir Path current;

  @Test
  void ownVariableComesBeforeComfyDocks() {
    assertThat(of(Map.of("TIDEPOOL_HOME", "mine", "COMFYDOCK_HOME", "theirs")))
        .isEqualTo(current.resolve("mine"));
  }

  @Test
  void emptyVariableCountsAsMissing() {
    assertThat(of(Map.of("TIDEPOOL_HOME", "", "COMFYDOCK_HOME", "theirs")))
        .isEqualTo(current.resolve("theirs"));
  }

  @Test
  void withoutVariablesItLiesInTheUsersFolder() {
    assertThat(of(Map.of("HOME", current.resolve("anna").toString())))
        .isEqualTo(current.resolve("anna").resolve("comfydock_workspace"));
  }

  @Test
  void absoluteFolderIsTakenAsItIs() {
    Path elsewhere = current.resolve("elsewhere");
    assertThat(of(Map.of("TIDEPOOL_HOME", elsewhere + "/./x/.."))).isEqualTo(elsewhere);
  }

  @Test
  void impossibleFolderIsNamed() {
    assertThatThrownBy(() -> Workspace.at("a\0b", current)).hasMessageContaining("a\0b");
  }

  private Path of(Map<String, String> environment) {
    return Workspace.of(environment, current).folder();
  }
}
