package dev.tidepool.history;

import dev.tidepool.git.Repositories;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** Who commits. */
public record Identity(String name, String email) {
  /**
   * Looks where git looks: {@code GIT_AUTHOR_NAME} and {@code GIT_AUTHOR_EMAIL}, the repository's
   * settings, the user's, the system's; else the login name.
   *
   * @param cec the folder with the repository
   * @param environment the process's variables
   */
  public static Identity find(Path cec, Map<String, String> environment) {
    Repositories.isolate();
    List<FileBasedConfig> configs = configs(cec, environment);
    String login = System.getProperty("user.name", "user");
    String name = first(environment.get("GIT_AUTHOR_NAME"), configs, "name").orElse(login);
    String email =
        first(environment.get("GIT_AUTHOR_EMAIL"), configs, "email")
            .or(() -> Optional.ofNullable(environment.get("EMAIL")))
            .orElseGet(() -> login + "@" + host());
    return new Identity(name, email);
  }

  private static List<FileBasedConfig> configs(Path cec, Map<String, String> environment) {
    List<Path> files = new ArrayList<>();
    files.add(cec.resolve(".git").resolve("config"));
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "")));
    files.add(home.resolve(".gitconfig"));
    @Nullable String xdg = environment.get("XDG_CONFIG_HOME");
    files.add(
        (xdg == null ? home.resolve(".config") : Path.of(xdg)).resolve("git").resolve("config"));
    files.add(Path.of("/etc/gitconfig"));
    List<FileBasedConfig> configs = new ArrayList<>();
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        load(file).ifPresent(configs::add);
      }
    }
    return configs;
  }

  /** Settings that cannot be read say nothing about who commits. */
  private static Optional<FileBasedConfig> load(Path file) {
    FileBasedConfig config = new FileBasedConfig(file.toFile(), FS.DETECTED);
    try {
      config.load();
      return Optional.of(config);
    } catch (IOException | ConfigInvalidException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> first(
      @Nullable String variable, List<FileBasedConfig> configs, String key) {
    if (variable != null && !variable.isBlank()) {
      return Optional.of(variable);
    }
    for (FileBasedConfig config : configs) {
      @Nullable String value = config.getString("user", null, key);
      if (value != null && !value.isBlank()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }
}
