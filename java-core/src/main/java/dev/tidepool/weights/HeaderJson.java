package dev.tidepool.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.Reader;

/** JSON (RFC 8259) from a stranger, as a stream: shallow, with texts and numbers of some size. */
final class HeaderJson {
  private static final int DEEPEST = 32;
  private static final int LONGEST_TEXT = 16_000_000;
  private static final int LONGEST_NAME = 10_000;
  private static final int LONGEST_NUMBER = 100;

  /** Without a table of the names met: names are many here, and none comes twice. */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_TEXT)
                  .maxNameLength(LONGEST_NAME)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private HeaderJson() {}

  static JsonParser parser(Reader reader) throws IOException {
    return FACTORY.createParser(reader);
  }
}
