package dev.tidepool.model;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Where a ComfyUI looks for models: its folder {@code models}, and what its {@code
 * extra_model_paths.yaml} adds, read as ComfyUI's {@code utils/extra_config.py} reads it:
 *
 * <pre>
 * other:
 *     base_path: ~/stable-diffusion
 *     checkpoints: models/Stable-diffusion
 *     loras: |
 *         models/Lora
 *         models/LyCORIS
 * </pre>
 */
public final class ComfyUiModels {
  private static final String FILE = "extra_model_paths.yaml";
  private static final int LONGEST = 1 << 20;
  private static final int DEEPEST = 20;
  private static final int MOST_ALIASES = 50;
  private static final int MOST_FOLDERS = 1000;

  /** Keys whose folders hold no models. */
  private static final Set<String> OTHERS =
      Set.of("base_path", "is_default", "custom_nodes", "configs", "datasets");

  /** Names that ComfyUI takes for others ({@code folder_paths.map_legacy}). */
  private static final Map<String, String> LEGACY =
      Map.of("unet", "diffusion_models", "clip", "text_encoders");

  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+|\\{[^}]*\\})");

  private final Path folder;
  private final Map<String, String> environment;
  private final List<ModelRoot> roots = new ArrayList<>();

  private ComfyUiModels(Path folder, Map<String, String> environment) {
    this.folder = folder.toAbsolutePath();
    this.environment = environment;
  }

  /**
   * The folders of a ComfyUI; those of the file need not exist.
   *
   * @param environment variables that the file may name, {@code HOME} among them
   * @throws TidepoolException {@code extra-model-paths-invalid} when the file cannot be understood
   */
  public static List<ModelRoot> of(Path comfyUi, Map<String, String> environment) {
    return of(comfyUi, comfyUi, environment);
  }

  private static List<ModelRoot> of(Path comfyUi, Path folder, Map<String, String> environment) {
    ComfyUiModels models = new ComfyUiModels(folder, environment);
    models.roots.add(ModelRoot.of(folder.resolve("models")));
    Path file = comfyUi.resolve(FILE);
    if (Files.isRegularFile(file)) {
      String text = StorageFailures.translate("read " + file, () -> read(file));
      models.add(file, parse(file, text));
    }
    return List.copyOf(models.roots);
  }

  /**
   * What the file adds to the folder {@code models}, by what the models there are for.
   *
   * @param environment variables that the file may name, {@code HOME} among them
   * @throws TidepoolException {@code extra-model-paths-invalid}
   */
  public static Map<String, List<Path>> added(Path comfyUi, Map<String, String> environment) {
    return added(comfyUi, comfyUi, environment);
  }

  /**
   * What it would add if the ComfyUI were in another folder, where relative paths lead elsewhere.
   *
   * @throws TidepoolException {@code extra-model-paths-invalid}
   */
  public static Map<String, List<Path>> added(
      Path comfyUi, Path folder, Map<String, String> environment) {
    return of(comfyUi, folder, environment).stream()
        .filter(root -> root.type() != null)
        .collect(
            Collectors.groupingBy(
                root -> String.valueOf(root.type()),
                Collectors.mapping(ModelRoot::path, Collectors.toUnmodifiableList())));
  }

  private static String read(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      byte[] bytes = content.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw invalid(file, "it is larger than 1 MiB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static @Nullable Object parse(Path file, String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(FILE)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(LONGEST)
            .build();
    try {
      // Building a value takes stack for each level, telling events does not.
      int depth = 0;
      for (Event event : new Parse(settings).parseString(text)) {
        switch (event.getEventId()) {
          case MappingStart, SequenceStart -> depth++;
          case MappingEnd, SequenceEnd -> depth--;
          default -> {}
        }
        if (depth > DEEPEST) {
          throw invalid(file, "it is nested too deeply");
        }
      }
      return new Load(settings).loadFromString(text);
    } catch (YamlEngineException e) {
      throw invalid(file, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private void add(Path file, @Nullable Object content) {
    if (content == null) {
      return;
    }
    if (!(content instanceof Map<?, ?> sections)) {
      throw invalid(file, "it is no mapping");
    }
    for (Object section : sections.values()) {
      if (section instanceof Map<?, ?> entries) {
        addSection(file, entries);
      }
    }
  }

  private void addSection(Path file, Map<?, ?> entries) {
    Path base = folder;
    if (entries.get("base_path") instanceof String text) {
      base = resolve(file, base, expand(text));
    }
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      String key = String.valueOf(entry.getKey());
      if (!OTHERS.contains(key)) {
        for (String line : lines(entry.getValue())) {
          addRoot(file, new ModelRoot(resolve(file, base, line), LEGACY.getOrDefault(key, key)));
        }
      }
    }
  }

  private void addRoot(Path file, ModelRoot root) {
    if (roots.size() > MOST_FOLDERS) {
      throw invalid(file, "it names more than " + MOST_FOLDERS + " folders");
    }
    roots.add(root);
  }

  private static List<String> lines(@Nullable Object value) {
    List<String> lines = new ArrayList<>();
    if (value instanceof String text) {
      text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
    } else if (value instanceof List<?> list) {
      for (Object one : list) {
        if (one instanceof String text && !text.isBlank()) {
          lines.add(text.strip());
        }
      }
    }
    return lines;
  }

  private static Path resolve(Path file, Path base, String text) {
    try {
      return base.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw invalid(file, "it names an impossible path");
    }
  }

  /** Does what Python's {@code expanduser} and {@code expandvars} do. */
  private String expand(String text) {
    String expanded = text;
    if (expanded.equals("~") || expanded.startsWith("~/")) {
      expanded = environment.getOrDefault("HOME", "~") + expanded.substring(1);
    }
    return VARIABLE
        .matcher(expanded)
        .replaceAll(
            match -> {
              String name = match.group(1);
              String plain = name.startsWith("{") ? name.substring(1, name.length() - 1) : name;
              return Matcher.quoteReplacement(environment.getOrDefault(plain, match.group()));
            });
  }

  private static TidepoolException invalid(Path file, String reason) {
    return new TidepoolException(
        ErrorKind.MALFORMED,
        "extra-model-paths-invalid",
        "Cannot understand " + file + ": " + reason + ".",
        "ComfyUI's extra_model_paths.yaml.example shows the format.");
  }
}
