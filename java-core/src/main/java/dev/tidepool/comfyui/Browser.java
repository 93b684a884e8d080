package dev.tidepool.comfyui;

import dev.tidepool.process.ProcessRunner;
import dev.tidepool.process.SearchPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The user's browser. */
public final class Browser {
  private Browser() {}

  /** The page with the example graph, or without one ComfyUI's own first page. */
  public static URI page(URI server, Optional<String> example) {
    return example
        .filter(name -> name.matches("[A-Za-z0-9_.-]+"))
        .map(name -> server.resolve("/?template=" + name + "&source=" + Pack.NAME))
        .orElse(server.resolve("/"));
  }

  /**
   * Shows the page in the user's browser.
   *
   * @return false where there is none to be seen
   */
  public static boolean open(URI page, ProcessRunner runner) {
    Optional<List<String>> opener = opener(runner.environment());
    if (opener.isEmpty()) {
      return false;
    }
    List<String> command = new ArrayList<>(opener.get());
    command.add(page.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(runner.environment());
    try {
      builder.start().getOutputStream().close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<List<String>> opener(Map<String, String> environment) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("win")) {
      return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
    }
    if (Graphics.isMac()) {
      return Optional.of(List.of("open"));
    }
    boolean screen =
        !environment.getOrDefault("DISPLAY", "").isEmpty()
            || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    SearchPath path = SearchPath.of(environment);
    for (String name : List.of("xdg-open", "wslview")) {
      List<Path> programs = path.programs(name);
      if (!programs.isEmpty() && (screen || name.equals("wslview"))) {
        return Optional.of(List.of(programs.get(0).toString()));
      }
    }
    return Optional.empty();
  }
}
