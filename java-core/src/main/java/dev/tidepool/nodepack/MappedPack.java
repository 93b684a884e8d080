package dev.tidepool.nodepack;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A pack as {@link NodeMappings} lists it.
 *
 * @param name what people call it, unchecked
 * @param downloads where the archive of each version is
 */
record MappedPack(
    String id, String name, Optional<String> repository, Map<String, String> downloads) {

  /** The newest version that can be downloaded, or the named one. */
  Optional<String> version(Optional<String> named) {
    return named.isPresent()
        ? named.filter(downloads::containsKey)
        : downloads.keySet().stream().max(Versions::compare);
  }

  /** Reads the object that the parser stands at, to its end. */
  static MappedPack read(String id, JsonParser parser) throws IOException {
    String name = id;
    Optional<String> repository = Optional.empty();
    Map<String, String> downloads = new LinkedHashMap<>();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return new MappedPack(id, name, repository, downloads);
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("display_name") && value == JsonToken.VALUE_STRING) {
        name = parser.getText().isBlank() ? id : parser.getText().strip();
      } else if (field.equals("repository") && value == JsonToken.VALUE_STRING) {
        repository = Optional.of(parser.getText());
      } else if (field.equals("versions") && value == JsonToken.START_OBJECT) {
        readVersions(parser, downloads);
      } else {
        parser.skipChildren();
      }
    }
    return new MappedPack(id, name, repository, downloads);
  }

  private static void readVersions(JsonParser parser, Map<String, String> downloads)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String version = parser.currentName();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean url = parser.currentName().equals("download_url");
        if (parser.nextToken() == JsonToken.VALUE_STRING
            && url
            && PackNames.isVersion(version)
            && isAddress(parser.getText())) {
          downloads.put(version, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private static boolean isAddress(String text) {
    try {
      return RegistryAddress.isAllowed(URI.create(text));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
