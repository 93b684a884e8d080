package dev.tidepool.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3SettingsTest {
  @TempDir Path home;

  private S3Settings settings(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("HOME", home.toString());
    return S3Settings.of(all);
  }

  @Test
  void keysInVariablesGoBeforeTheChosenProfile() throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/credentials"),
        "[studio]\naws_access_key_id = profile\naws_secret_access_key = p\n");
    Map<String, String> chosen = Map.of("AWS_PROFILE", "studio", "AWS_REGION", "eu-west-1");
    assertThat(settings(chosen).keys().orElseThrow().id()).isEqualTo("profile");
    Map<String, String> both = new HashMap<>(chosen);
    both.put("AWS_ACCESS_KEY_ID", "variable");
    both.put("AWS_SECRET_ACCESS_KEY", "v");
    assertThat(settings(both).keys().orElseThrow().id()).isEqualTo("variable");
  }

  @Test
  void usualProfileMayBeCalledAProfile() throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), "[profile default]\nregion = eu-west-1\n");
    assertThat(settings(Map.of()).region()).isEqualTo("eu-west-1");
  }

  @Test
  void filesThatNobodyChoseNeedNotBeReadable() throws IOException {
    Files.createDirectories(home.resolve(".aws/credentials"));
    assertThat(settings(Map.of("AWS_REGION", "eu-west-1")).keys()).isEmpty();
  }
}
