package dev.tidepool.importing;

import dev.tidepool.importing.ForeignProject.Read;
import dev.tidepool.io.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks where the packages of a foreign {@code uv.lock} come from. */
final class ForeignLock {
  private final ForeignProject rules;
  private final Read file;

  ForeignLock(ForeignProject rules, Read file) {
    this.rules = rules;
    this.file = file;
  }

  void check() {
    List<?> packages = file.document().get("package") instanceof List<?> list ? list : List.of();
    for (Object each : packages) {
      if (each instanceof Map<?, ?> table) {
        check(String.valueOf(table.get("name")), table);
      }
    }
  }

  private void check(String name, Map<?, ?> table) {
    Map<?, ?> source = table.get("source") instanceof Map<?, ?> map ? map : Map.of();
    if (source.isEmpty()) {
      throw file.refused(name, "does not say where " + Texts.quoted(name) + " comes from");
    }
    for (Map.Entry<?, ?> field : source.entrySet()) {
      String value = String.valueOf(field.getValue());
      switch (String.valueOf(field.getKey())) {
        case "registry", "git", "url" -> rules.address(file, withoutQuery(value));
        case "subdirectory" -> {}
        case "virtual" -> {
          if (!value.equals(".")) {
            throw local(name, value);
          }
        }
        default -> throw local(name, value);
      }
    }
    List<Object> archives = new ArrayList<>();
    if (table.get("wheels") instanceof List<?> wheels) {
      archives.addAll(wheels);
    }
    if (table.get("sdist") instanceof Map<?, ?> sdist) {
      archives.add(sdist);
    }
    for (Object archive : archives) {
      Object url = archive instanceof Map<?, ?> map ? map.get("url") : null;
      boolean path = archive instanceof Map<?, ?> map && map.containsKey("path");
      if (path) {
        throw local(name, String.valueOf(((Map<?, ?>) archive).get("path")));
      }
      if (url instanceof String text) {
        rules.address(file, text);
      }
    }
  }

  private static String withoutQuery(String git) {
    return git.replaceFirst("[?#].*$", "");
  }

  private dev.tidepool.error.TidepoolException local(String name, String value) {
    return file.refused(
        value.isEmpty() ? name : value,
        "takes " + Texts.quoted(name) + " from this machine, " + Texts.quoted(value));
  }
}
