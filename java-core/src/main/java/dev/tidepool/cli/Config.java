package dev.tidepool.cli;

import dev.tidepool.environment.Preferences;
import dev.tidepool.environment.Torch;
import dev.tidepool.environment.WorkspaceFile;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.io.Texts;
import dev.tidepool.workspace.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code tidepool config}: shows and changes the settings of a workspace. */
final class Config implements Command {
  private static final String UNSET = "--unset";
  private static final String MODELS = "models";
  private static final String PYTHON = "python";
  private static final String TORCH = "torch";
  private static final String REGISTRY_CACHE = "registry-cache";
  private static final String CIVITAI = "civitai-token";

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool config", "Show the settings of the workspace, or change one.")
        .optional("KEY", "models, python, torch, registry-cache or civitai-token.")
        .optional("VALUE", "What it is set to; for a token, - reads it from standard input.")
        .toggle(UNSET, "Go back to the default.")
        .workspace()
        .json()
        .example("tidepool config")
        .example("tidepool config models /data/models")
        .example("tidepool config python 3.12")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Workspace workspace = Home.of(arguments, terminal).workspace();
    StoreLocks locks = new StoreLocks();
    WorkspaceFile file = new WorkspaceFile(workspace, locks, terminal.clock());
    Preferences preferences = new Preferences(workspace, locks);
    Map<String, String> settings = settings(file, preferences);
    if (arguments.values().isEmpty()) {
      print(settings, arguments, terminal);
      return ExitCode.DONE;
    }
    String key = arguments.text(0);
    if (!settings.containsKey(key)) {
      throw usage(
          "There is no setting " + Texts.quoted(key) + ".",
          "There are: " + String.join(", ", settings.keySet()) + ".");
    }
    if (arguments.values().size() == 1 && !arguments.has(UNSET)) {
      print(Map.of(key, settings.getOrDefault(key, "")), arguments, terminal);
      return ExitCode.DONE;
    }
    Optional<String> value =
        arguments.has(UNSET) ? Optional.empty() : Optional.of(arguments.text(1));
    set(key, value, new Target(workspace, file, preferences), terminal);
    terminal.say(value.isEmpty() ? "Back to the default: " + key + "." : "Set " + key + ".");
    return ExitCode.DONE;
  }

  private record Target(Workspace workspace, WorkspaceFile file, Preferences preferences) {}

  private static void set(String key, Optional<String> value, Target target, Terminal terminal) {
    switch (key) {
      case MODELS -> target.file().setModelsFolder(models(value, target.workspace(), terminal));
      case PYTHON -> target.preferences().set(PYTHON, value.map(Config::python));
      case TORCH ->
          target.preferences().set(TORCH, value.map(text -> Torch.of(text, false).backend()));
      case REGISTRY_CACHE ->
          target.file().setPrefersRegistryCache(value.map(Config::truth).orElse(true));
      case CIVITAI -> target.file().setCivitaiToken(value.map(text -> token(text, terminal)));
      default -> throw new IllegalStateException(key);
    }
  }

  private static Map<String, String> settings(WorkspaceFile file, Preferences preferences) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(MODELS, file.modelsFolder().toString());
    settings.put(PYTHON, preferences.get(PYTHON).orElse("3.11"));
    settings.put(TORCH, preferences.get(TORCH).orElse("auto"));
    settings.put(REGISTRY_CACHE, Boolean.toString(file.prefersRegistryCache()));
    settings.put(CIVITAI, file.civitaiToken().isPresent() ? "(set)" : "(not set)");
    return settings;
  }

  private static void print(Map<String, String> settings, Arguments arguments, Terminal terminal) {
    if (arguments.json()) {
      JsonAnswer.print(
          terminal,
          generator -> {
            generator.writeStartObject();
            for (Map.Entry<String, String> setting : settings.entrySet()) {
              generator.writeStringField(setting.getKey(), setting.getValue());
            }
            generator.writeEndObject();
          });
    } else if (settings.size() == 1) {
      settings.values().forEach(text -> terminal.out().println(PrintableText.of(text)));
    } else {
      Table table = new Table("SETTING", "VALUE");
      settings.forEach(table::row);
      table.print(terminal);
    }
  }

  private static Path models(Optional<String> value, Workspace workspace, Terminal terminal) {
    Path folder = value.map(terminal::path).orElseGet(workspace::models).normalize();
    if (value.isPresent() && !Files.isDirectory(folder)) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "models-folder-not-found",
          "The models folder " + folder + " is not there.");
    }
    return folder;
  }

  private static String python(String text) {
    if (!text.matches("3\\.(?:1[1-9]|[2-9]\\d)(?:\\.\\d{1,2})?")) {
      throw usage("No Python for ComfyUI has the version " + text + ".", "Name 3.11 or newer.");
    }
    return text;
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw usage("Neither true nor false: " + Texts.quoted(text) + ".", "Say which.");
    };
  }

  /** A token on the command line would stay in the shell's history. */
  private static String token(String text, Terminal terminal) {
    if (!text.equals("-")) {
      return text;
    }
    try {
      String line =
          new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
              .readLine();
      if (line == null || line.isBlank()) {
        throw usage("Standard input holds no token.", "tidepool config civitai-token - < FILE");
      }
      return line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TidepoolException usage(String message, String hint) {
    return new TidepoolException(ErrorKind.USAGE, "usage", message, hint);
  }
}
