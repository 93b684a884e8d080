package dev.tidepool.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaderFactsTest {
  @TempDir Path folder;

  @Test
  void whatAHeaderSaysIsKeptWithTheModel() throws IOException {
    ModelTree tree = new ModelTree(folder.toRealPath());
    tree.write(
        "loras/sea.safetensors",
        safetensors(
            "{\"__metadata__\":{\"modelspec.title\":\"Sea \\ud800 view\"},"
                + "\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}",
            4));
    tree.write("loras/none.safetensors", 1);
    tree.index();
    try (ModelIndex index = tree.open()) {
      String metadata = index.model(tree.key("loras/sea.safetensors")).orElseThrow().metadata();
      assertThat(metadata)
          .startsWith("{\"format\":\"safetensors\"")
          .contains("\"title\":\"Sea \ufffd view\"", "\"tensors\":1,\"precision\":\"F16\"");
      assertThat(index.model(tree.key("loras/none.safetensors")).orElseThrow().metadata())
          .isEqualTo("{}");
    }
  }

  @Test
  void aHeaderThatLiesAboutItsLengthIsHarmless() throws IOException {
    ModelTree tree = new ModelTree(folder.toRealPath());
    byte[] lying = new byte[64];
    ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putLong(Long.MAX_VALUE);
    Files.createDirectories(tree.models());
    tree.write("loras/lying.safetensors", lying);
    assertThat(tree.index().unreadable()).isEmpty();
    assertThat(tree.paths()).containsExactly("loras/lying.safetensors");
  }

  private static byte[] safetensors(String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }
}
