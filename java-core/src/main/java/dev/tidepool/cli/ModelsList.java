package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import dev.tidepool.model.IndexedFile;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.model.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** {@code tidepool models list}. */
final class ModelsList implements Command {
  private static final String FILTER = "--filter";
  private static final String TYPE = "--type";
  private static final String MISSING = "--missing";
  private static final String DUPLICATES = "--duplicates";
  private static final String VERIFY = "--verify";

  /** Up to this size a key stands for every byte of a file. */
  private static final long QUICK_BYTES = 3L * 15 * 1024 * 1024;

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool models list", "List the models in the index.")
        .option(FILTER, "GLOB", "Only files whose name or path fits, such as '*xl*' or 'loras/**'.")
        .option(TYPE, "TYPE", "Only files of one folder below models, such as loras.")
        .toggle(MISSING, "Only files that are gone.")
        .toggle(DUPLICATES, "Only models that take their space more than once.")
        .toggle(VERIFY, "Read the files again, and fail when one is not what the index says.")
        .workspace()
        .json()
        .example("tidepool models list --type loras --filter '*.safetensors'")
        .example("tidepool models list --json | jq -r '.models[].file'")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Predicate<IndexedFile> wanted = wanted(arguments, terminal);
    try (ModelIndex index = OpenModels.toRead(arguments, terminal)) {
      List<IndexedFile> all = arguments.has(DUPLICATES) ? index.duplicates() : index.files();
      List<IndexedFile> files = all.stream().filter(wanted).toList();
      Map<IndexedFile, Verification> verified =
          arguments.has(VERIFY) ? verify(index, files, terminal) : Map.of();
      if (arguments.json()) {
        List<Path> incomplete = OpenModels.tellIncomplete(index, terminal);
        JsonAnswer.print(terminal, new Body(files, verified, incomplete));
      } else {
        print(files, arguments, terminal);
        OpenModels.tellIncomplete(index, terminal);
      }
      return tell(verified, terminal);
    }
  }

  private static Map<IndexedFile, Verification> verify(
      ModelIndex index, List<IndexedFile> files, Terminal terminal) {
    Map<IndexedFile, Verification> verified = new HashMap<>();
    for (Verification result :
        LongWork.run(terminal, "Verifying", progress -> index.verify(files, progress))) {
      verified.put(result.file(), result);
    }
    long left =
        files.stream().filter(file -> !file.missing() && !verified.containsKey(file)).count();
    if (left > 0) {
      terminal.say(
          "warning: Files not verified, since no indexing has read them yet: " + left + ".");
      terminal.say("hint: tidepool models index reads them.");
    }
    return verified;
  }

  private static boolean isReadInPart(IndexedFile file) {
    return file.blake3() == null && file.size() > QUICK_BYTES;
  }

  private static int tell(Map<IndexedFile, Verification> verified, Terminal terminal) {
    List<Verification> wrong =
        verified.values().stream()
            .filter(result -> !result.holds())
            .sorted((a, b) -> a.file().path().compareTo(b.file().path()))
            .toList();
    for (Verification result : wrong) {
      terminal.say("warning: " + result.file().path() + ": " + result.reason() + ".");
    }
    if (!wrong.isEmpty()) {
      terminal.say("hint: tidepool models index reads them again.");
      return ExitCode.FAILURE;
    }
    if (!verified.isEmpty()) {
      terminal.say("Files read and found as the index says: " + verified.size() + ".");
      if (verified.keySet().stream().anyMatch(ModelsList::isReadInPart)) {
        terminal.say(
            "hint: Large files without a stored whole hash are compared at three places only;"
                + " tidepool models index --full keeps whole hashes.");
      }
    }
    return ExitCode.DONE;
  }

  private static Predicate<IndexedFile> wanted(Arguments arguments, Terminal terminal) {
    Predicate<IndexedFile> wanted = file -> true;
    if (arguments.has(MISSING)) {
      wanted = IndexedFile::missing;
    }
    Optional<String> type = arguments.option(TYPE);
    if (type.isPresent()) {
      wanted = wanted.and(file -> file.type().equals(type));
    }
    Optional<String> filter = arguments.option(FILTER);
    return filter.isPresent() ? wanted.and(glob(filter.get(), terminal)) : wanted;
  }

  private static Predicate<IndexedFile> glob(String glob, Terminal terminal) {
    try {
      PathMatcher matcher = terminal.folder().getFileSystem().getPathMatcher("glob:" + lower(glob));
      return file ->
          matcher.matches(Path.of(lower(file.name())))
              || matcher.matches(Path.of(lower(file.fullPath())));
    } catch (PatternSyntaxException e) {
      throw new TidepoolException(
          e,
          ErrorKind.USAGE,
          "filter-invalid",
          "Not a pattern for names: " + Texts.quoted(glob) + ".",
          "Such as '*.safetensors', 'loras/**' or '*{xl,flux}*'.");
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static void print(List<IndexedFile> files, Arguments arguments, Terminal terminal) {
    if (files.isEmpty()) {
      terminal.say("No such models in the index.");
      if (!arguments.has(DUPLICATES) && !arguments.has(MISSING)) {
        terminal.say("hint: tidepool models index DIR adds those of a folder.");
      }
      return;
    }
    Table table = new Table("KEY", "SIZE", "TYPE", "FILE");
    for (IndexedFile file : files) {
      table.row(
          file.key(),
          Sizes.text(file.size()),
          file.type().orElse("-"),
          file.path() + (file.missing() ? " (missing)" : ""));
    }
    table.print(terminal);
  }

  private record Body(
      List<IndexedFile> files, Map<IndexedFile, Verification> verified, List<Path> incomplete)
      implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeArrayFieldStart("models");
      for (IndexedFile file : files) {
        @Nullable Verification verification = verified.get(file);
        new ModelFileJson(file, verification).write(generator);
      }
      generator.writeEndArray();
      generator.writeArrayFieldStart("incomplete");
      for (Path path : incomplete) {
        generator.writeString(path.toString());
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}
