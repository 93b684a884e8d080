package dev.tidepool.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * <a href="https://github.com/huggingface/safetensors#format">safetensors</a>: eight bytes with the
 * length of what follows, then
 *
 * <pre>{@code
 * {"__metadata__":{"modelspec.title":"Sea"},
 *  "unet.weight":{"dtype":"F16","shape":[320,4,3,3],"data_offsets":[0,23040]}}
 * }</pre>
 */
final class SafetensorsFile {
  private static final String METADATA = "__metadata__";

  private final JsonParser json;
  private final Metadata metadata = new Metadata();
  private final Tensors tensors = new Tensors();

  private SafetensorsFile(JsonParser json) {
    this.json = json;
  }

  static WeightsHeader read(HeaderBytes bytes) throws IOException, BrokenHeaderException {
    long length = bytes.i64();
    if (length > WeightsHeaders.MOST_BYTES) {
      throw new BrokenHeaderException("it is too long");
    }
    // Malformed UTF-8 is replaced: a name of a tensor is no reason to tell nothing.
    try (InputStreamReader reader =
            new InputStreamReader(bytes.stream(length), StandardCharsets.UTF_8);
        JsonParser json = HeaderJson.parser(reader)) {
      return new SafetensorsFile(json).header();
    } catch (JsonProcessingException e) {
      throw new BrokenHeaderException("it is no JSON");
    }
  }

  private WeightsHeader header() throws IOException, BrokenHeaderException {
    expect(json.nextToken() == JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      expect(json.nextToken() == JsonToken.START_OBJECT);
      if (name.equals(METADATA)) {
        metadata();
      } else {
        tensor(name);
      }
    }
    expect(json.nextToken() == null);
    return tensors.header("safetensors", metadata);
  }

  private void metadata() throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING && Metadata.wants(key)) {
        metadata.put(key, json.getText());
      }
      json.skipChildren();
    }
  }

  private void tensor(String name) throws IOException, BrokenHeaderException {
    String type = "";
    long parameters = 1;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      if (key.equals("dtype") && value == JsonToken.VALUE_STRING) {
        type = json.getText();
      } else if (key.equals("shape") && value == JsonToken.START_ARRAY) {
        parameters = product();
      } else {
        json.skipChildren();
      }
    }
    tensors.add(name, type, parameters);
  }

  private long product() throws IOException, BrokenHeaderException {
    long product = 1;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken() == JsonToken.VALUE_NUMBER_INT);
      product = Tensors.times(product, json.getLongValue());
    }
    return product;
  }

  private static void expect(boolean met) throws BrokenHeaderException {
    if (!met) {
      throw new BrokenHeaderException("it is not laid out as safetensors are");
    }
  }
}
