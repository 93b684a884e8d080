package dev.tidepool.harness.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntBinaryOperator;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Files and results for tests. */
public final class Samples {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Samples() {}

  /** An image whose pixels (alpha, red, green, blue) a formula of x and y gives. */
  static BufferedImage image(int width, int height, IntBinaryOperator colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour.applyAsInt(x, y));
      }
    }
    return image;
  }

  static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("Java writes no " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A PNG of one colour with one other pixel. */
  public static byte[] png(int colour, int pixel) {
    return encoded(image(24, 16, (x, y) -> x == 3 && y == 5 ? pixel : colour), "png");
  }

  /** The PNG with one more chunk in front of its end. */
  static byte[] withChunk(byte[] png, String type, String text) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(name);
    check.update(data);
    int end = png.length - 12;
    return ByteBuffer.allocate(png.length + 12 + data.length)
        .put(png, 0, end)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) check.getValue())
        .put(png, end, 12)
        .array();
  }

  /** A RIFF file of this form with chunks of four letters and content, one after the other. */
  static byte[] riff(String form, String... chunks) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < chunks.length; i += 2) {
      byte[] data = chunks[i + 1].getBytes(StandardCharsets.ISO_8859_1);
      body.writeBytes(chunks[i].getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(littleEndian(data.length));
      body.writeBytes(data);
      if (data.length % 2 == 1) {
        body.write(0);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(littleEndian(body.size() + 4));
    file.writeBytes(form.getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(body.toByteArray());
    return file.toByteArray();
  }

  private static byte[] littleEndian(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }

  /** A safetensors file with one tensor of numbers. */
  static byte[] tensors(String metadata, float... numbers) {
    String header =
        "{\"__metadata__\":{\"prompt\":\"%s\"},\"latent\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(metadata, numbers.length, numbers.length * 4);
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + text.length + numbers.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(text.length).put(text);
    for (float number : numbers) {
      file.putFloat(number);
    }
    return file.array();
  }

  /** A FLAC file with these metadata blocks (type and text) in front of these frames. */
  static byte[] flac(String frames, String... comments) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("fLaC".getBytes(StandardCharsets.US_ASCII));
    block(file, comments.length == 0 ? 0x80 : 0, "stream info of thirty-four by");
    for (int i = 0; i < comments.length; i++) {
      block(file, (i == comments.length - 1 ? 0x80 : 0) | 4, comments[i]);
    }
    file.writeBytes(frames.getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }

  private static void block(ByteArrayOutputStream file, int head, String text) {
    file.write(head);
    file.write(0);
    file.write(0);
    file.write(text.length());
    file.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  public static Output file(String name, byte[] bytes) {
    return new Output.Produced(Content.of(name, bytes));
  }

  /** An output that is this JSON. */
  public static Output value(String json) {
    return new Output.Value(json(json));
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Results of nodes 1 and 2, of which 2 puts out these. */
  public static Results results(String name, Output... outputs) {
    var nodes = Results.nodes();
    nodes.put("2", new TreeMap<>(java.util.Map.of(name, List.of(outputs))));
    return new Results(
        new TreeSet<>(List.of("1", "2")), new TreeSet<>(List.of("1", "2")), nodes, List.of());
  }

  /** Results of a run in which these nodes failed. */
  public static Results failed(Failure... failures) {
    return new Results(
        new TreeSet<>(List.of("1")), new TreeSet<>(), Results.nodes(), List.of(failures));
  }
}
