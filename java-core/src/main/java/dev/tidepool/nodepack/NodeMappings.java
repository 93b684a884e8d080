package dev.tidepool.nodepack;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * ComfyDock's list of which pack brings which node type, a file that its users have:
 *
 * <pre>
 * {"mappings":{"Seed Everywhere::5d6e…":[{"package_id":"some-pack","versions":["1.0"],"rank":1}]},
 *  "packages":{"some-pack":{"display_name":"…","repository":"https://…",
 *    "versions":{"1.0":{"download_url":"https://…"}}}}}
 * </pre>
 *
 * It is tens of megabytes long, and read without being held. Nothing there, or nothing that can be
 * read, is an empty list. Thread-safe.
 */
public final class NodeMappings {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Path file;

  /** The list in a file that need not exist. */
  public NodeMappings(Path file) {
    this.file = file;
  }

  /**
   * A pack that may bring a node type.
   *
   * @param id of the pack, safe as the name of a folder
   * @param rank 1 for the most used
   */
  public record Candidate(String id, int rank) {}

  /** The packs that bring a node type, the most used first. */
  public List<Candidate> ofNodeType(String type) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    read(
        "mappings",
        key -> key.startsWith(type + "::"),
        (key, parser) -> {
          if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
          }
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            candidate(parser).ifPresent(c -> ranks.merge(c.id(), c.rank(), Math::min));
          }
        });
    return ranks.entrySet().stream()
        .map(entry -> new Candidate(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingInt(Candidate::rank).thenComparing(Candidate::id))
        .toList();
  }

  /** The id of the pack whose repository passes the test. */
  Optional<String> ofRepository(Predicate<String> repository) {
    List<String> ids = new ArrayList<>();
    read(
        "packages",
        PackNames::isId,
        (key, parser) -> {
          if (MappedPack.read(key, parser).repository().filter(repository).isPresent()) {
            ids.add(key);
          }
        });
    return ids.stream().findFirst();
  }

  /** A pack by its id. */
  Optional<MappedPack> pack(String id) {
    List<MappedPack> packs = new ArrayList<>();
    read(
        "packages",
        key -> PackNames.isId(key) && key.equalsIgnoreCase(id),
        (key, parser) -> packs.add(MappedPack.read(key, parser)));
    return packs.stream().findFirst();
  }

  private interface Reader {
    /** Reads the value that the parser stands at, to its end. */
    void read(String key, JsonParser parser) throws IOException;
  }

  private void read(String section, Predicate<String> wanted, Reader reader) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        JsonParser parser = FACTORY.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean here = parser.currentName().equals(section);
        if (parser.nextToken() != JsonToken.START_OBJECT || !here) {
          parser.skipChildren();
          continue;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String key = parser.currentName();
          parser.nextToken();
          if (wanted.test(key)) {
            reader.read(key, parser);
          } else {
            parser.skipChildren();
          }
        }
        return;
      }
    } catch (NoSuchFileException e) {
      // As good as empty.
    } catch (JacksonException e) {
      warn("damaged", e);
    } catch (IOException e) {
      warn("unreadable", e);
    }
  }

  private static Optional<Candidate> candidate(JsonParser parser) throws IOException {
    String id = "";
    int rank = Integer.MAX_VALUE;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return Optional.empty();
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("package_id") && value == JsonToken.VALUE_STRING) {
        id = parser.getText();
      } else if (field.equals("rank") && value == JsonToken.VALUE_NUMBER_INT) {
        rank = parser.getValueAsInt(Integer.MAX_VALUE);
      } else {
        parser.skipChildren();
      }
    }
    return PackNames.isId(id) ? Optional.of(new Candidate(id, rank)) : Optional.empty();
  }

  private void warn(String what, IOException e) {
    System.getLogger("dev.tidepool.nodepack")
        .log(System.Logger.Level.WARNING, what + " mappings={0} reason={1}", file, e.toString());
  }
}
