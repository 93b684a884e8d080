package dev.tidepool.pool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@code pool.json}:
 *
 * <pre>{@code
 * {"version":1,"changes":7,"active":"sea.png","slots":[
 *   {"name":"sea.png"},
 *   {"name":"dune.jpg","label":"Dunes","enabled":false}]}
 * }</pre>
 *
 * <p>{@code label} and {@code enabled} are written only where they differ from the default. A
 * removal that is under way stands in {@code "removal":{"place":"…","names":[…]}}, with {@code
 * "as":[…]} where files get other names in the trash.
 */
final class PoolFile {
  static final int VERSION = 1;

  private final JsonFactory json = new JsonFactory();

  private static final class OneSlotPerLine extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    @Override
    public void beforeArrayValues(JsonGenerator out) throws IOException {
      out.writeRaw('\n');
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
      out.writeRaw(",\n");
    }
  }

  /** A file that is not what it should be. */
  static final class Damaged extends IOException {
    private static final long serialVersionUID = 1L;

    Damaged(String message) {
      super(message);
    }
  }

  byte[] write(PoolState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + state.slots().size() * 48);
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.setPrettyPrinter(new OneSlotPerLine());
      out.writeStartObject();
      out.writeNumberField("version", VERSION);
      out.writeNumberField("changes", state.changes());
      out.writeStringField("active", state.active());
      out.writeArrayFieldStart("slots");
      for (StoredSlot slot : state.slots()) {
        writeSlot(out, slot);
      }
      out.writeEndArray();
      PoolState.Removal removal = state.removal();
      if (removal != null) {
        out.writeObjectFieldStart("removal");
        out.writeStringField("place", removal.place());
        out.writeFieldName("names");
        out.writeArray(removal.names().toArray(String[]::new), 0, removal.names().size());
        if (!removal.origins().equals(removal.names())) {
          out.writeFieldName("as");
          out.writeArray(removal.origins().toArray(String[]::new), 0, removal.origins().size());
        }
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeSlot(JsonGenerator out, StoredSlot slot) throws IOException {
    if (slot.label() == null && slot.enabled() && needsNoEscapes(slot.name())) {
      // Nearly all slots of a large pool are like this one, and each change writes them all.
      out.writeRawValue("{\"name\":\"" + slot.name() + "\"}");
      return;
    }
    out.writeStartObject();
    out.writeStringField("name", slot.name());
    if (slot.label() != null) {
      out.writeStringField("label", slot.label());
    }
    if (!slot.enabled()) {
      out.writeBooleanField("enabled", false);
    }
    out.writeEndObject();
  }

  private static boolean needsNoEscapes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /**
   * Understands a file's bytes.
   *
   * @throws Damaged when they are no pool file
   * @throws TidepoolException {@code pool-version-unsupported}
   */
  PoolState read(byte[] bytes) throws IOException {
    try (JsonParser in = json.createParser(bytes)) {
      expect(in.nextToken(), JsonToken.START_OBJECT);
      PoolState state = readPool(in);
      expect(in.nextToken(), null);
      return state;
    } catch (JsonProcessingException e) {
      throw new Damaged(e.getOriginalMessage());
    }
  }

  private static PoolState readPool(JsonParser in) throws IOException {
    PoolState state = PoolState.empty();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      JsonToken value = in.nextToken();
      switch (field) {
        case "version" -> requireKnown(whole(in));
        case "changes" ->
            state = new PoolState(whole(in), state.active(), state.slots(), state.removal());
        case "active" -> state = state.withActive(textOrNull(in));
        case "slots" -> {
          expect(value, JsonToken.START_ARRAY);
          state = state.withSlots(readSlots(in));
        }
        case "removal" -> {
          expect(value, JsonToken.START_OBJECT);
          state = state.withRemoval(readRemoval(in));
        }
        default -> in.skipChildren();
      }
    }
    return state;
  }

  private static List<StoredSlot> readSlots(JsonParser in) throws IOException {
    Map<String, StoredSlot> slots = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.START_OBJECT) {
      String name = "";
      @Nullable String label = null;
      boolean enabled = true;
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String field = in.currentName();
        in.nextToken();
        switch (field) {
          case "name" -> name = text(in);
          case "label" -> label = textOrNull(in);
          case "enabled" -> enabled = truth(in);
          default -> in.skipChildren();
        }
      }
      if (!ImageNames.plain(name)) {
        throw new Damaged("a slot has no plain file name");
      }
      slots.putIfAbsent(name, new StoredSlot(name, label, enabled));
    }
    expect(in.currentToken(), JsonToken.END_ARRAY);
    return new ArrayList<>(slots.values());
  }

  private static PoolState.Removal readRemoval(JsonParser in) throws IOException {
    String place = "";
    List<String> names = List.of();
    @Nullable List<String> origins = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "place" -> place = text(in);
        case "names" -> names = fileNames(in);
        case "as" -> origins = fileNames(in);
        default -> in.skipChildren();
      }
    }
    if (!place.matches("[0-9]{1,19}") || (origins != null && origins.size() != names.size())) {
      throw new Damaged("the removal has no place in the trash for each file");
    }
    return new PoolState.Removal(place, names, origins != null ? origins : names);
  }

  private static List<String> fileNames(JsonParser in) throws IOException {
    expect(in.currentToken(), JsonToken.START_ARRAY);
    List<String> names = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      names.add(text(in));
    }
    if (!names.stream().allMatch(ImageNames::plain)) {
      throw new Damaged("the removal names no plain files");
    }
    return names;
  }

  private static void requireKnown(long version) {
    if (version > VERSION) {
      throw new TidepoolException(
          ErrorKind.UNSUPPORTED,
          "pool-version-unsupported",
          "This pool was written by a newer Tidepool (pool format " + version + ").",
          "Update Tidepool, then try again.");
    }
  }

  private static long whole(JsonParser in) throws IOException {
    expect(in.currentToken(), JsonToken.VALUE_NUMBER_INT);
    return in.getLongValue();
  }

  private static boolean truth(JsonParser in) throws IOException {
    if (in.currentToken() == null || !in.currentToken().isBoolean()) {
      throw new Damaged("expected true or false");
    }
    return in.getBooleanValue();
  }

  private static String text(JsonParser in) throws IOException {
    expect(in.currentToken(), JsonToken.VALUE_STRING);
    return in.getText();
  }

  private static @Nullable String textOrNull(JsonParser in) throws IOException {
    return in.currentToken() == JsonToken.VALUE_NULL ? null : text(in);
  }

  private static void expect(@Nullable JsonToken found, @Nullable JsonToken wanted)
      throws JsonParseException {
    if (found != wanted) {
      throw new JsonParseException(null, "expected " + wanted + " and found " + found);
    }
  }
}
