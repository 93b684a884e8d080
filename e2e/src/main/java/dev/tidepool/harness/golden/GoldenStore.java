package dev.tidepool.harness.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidepool.harness.Durably;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder {@code NAME.golden} beside a workflow: {@code golden.json}, and the files it names. A
 * new golden is written beside the old one and takes its place when it is complete; whoever stops
 * that at any moment leaves the old or the new one.
 */
final class GoldenStore {
  static final String INDEX = "golden.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Path fresh;
  private final Path old;

  GoldenStore(Path folder) {
    this.folder = folder.normalize();
    this.fresh = folder.resolveSibling("." + folder.getFileName() + ".new");
    this.old = folder.resolveSibling("." + folder.getFileName() + ".old");
  }

  /**
   * Reads the golden; empty when there is none.
   *
   * @throws DamagedGoldenException when it is damaged
   * @throws GoldenException when a newer Tidepool wrote it
   */
  Optional<Results> read() {
    try {
      recover();
      JsonNode index = JSON.readTree(bytes(folder.resolve(INDEX)));
      return Optional.of(GoldenFormat.read(index, this::file));
    } catch (NoSuchFileException e) {
      if (Files.exists(folder)) {
        throw damaged(INDEX + " is missing");
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw damaged(INDEX + " is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw damaged(e.toString());
    }
  }

  /** Puts the old golden back when a replacement was stopped between its two steps. */
  private void recover() throws IOException {
    if (Files.exists(old) && !Files.exists(folder)) {
      Files.move(old, folder);
    }
  }

  private byte[] file(String name) {
    Path file;
    try {
      file = folder.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw damaged(INDEX + " names " + name + ", which is no name of a file");
    }
    if (!folder.equals(file.getParent())) {
      throw damaged(INDEX + " names " + name + ", which lies elsewhere");
    }
    try {
      return bytes(file);
    } catch (IOException e) {
      throw damaged("its file " + name + " cannot be read");
    }
  }

  /** A link could lead to any file of this machine, and from there into the report. */
  private static byte[] bytes(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return content.readAllBytes();
    }
  }

  private DamagedGoldenException damaged(String reason) {
    return new DamagedGoldenException("The golden " + folder + " is damaged: " + reason + ".");
  }

  /** Writes the golden in place of what was there. */
  void write(Results results) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    JsonNode index = GoldenFormat.write(results, files);
    try {
      delete(fresh);
      Files.createDirectories(fresh);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Durably.write(fresh.resolve(file.getKey()), file.getValue());
      }
      DefaultPrettyPrinter printer =
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
      String text = JSON.writer(printer).writeValueAsString(index) + "\n";
      Durably.write(fresh.resolve(INDEX), text.getBytes(StandardCharsets.UTF_8));
      Durably.keep(fresh);
      delete(old);
      if (Files.exists(folder)) {
        Files.move(folder, old);
      }
      Files.move(fresh, folder);
      Durably.keep(fresh.resolveSibling("."));
      delete(old);
    } finally {
      delete(fresh);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
