package dev.tidepool.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Reads the headers of model files: <a
 * href="https://github.com/huggingface/safetensors#format">safetensors</a> and <a
 * href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF</a>, versions 2 and 3.
 *
 * <p>A file is what its content says; its name plays no part. A header is read as a stream, at most
 * 100 MB of it as safetensors itself allows, and only the few texts that are asked for are kept, so
 * that a hostile file costs a second and some megabytes at worst. Thread-safe.
 *
 * <pre>{@code
 * WeightsHeaders.read(Path.of("sea.safetensors"))
 * // WeightsHeader[format=safetensors, kind=lora, baseModel=sdxl_base_v1-0, title=sea, …]
 * }</pre>
 */
public final class WeightsHeaders {
  /** How many trigger words a header gives at most. */
  static final int MOST_WORDS = 10;

  /** The most bytes of a header: what safetensors allows. */
  static final long MOST_BYTES = 100_000_000;

  private WeightsHeaders() {}

  /**
   * Tells what a model file is.
   *
   * @return nothing when the file is of another format or no regular file, or its header is broken
   * @throws IOException when the file is missing or cannot be read
   */
  public static Optional<WeightsHeader> read(Path file) throws IOException {
    // Opening a pipe would wait for its writer.
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      HeaderBytes bytes = new HeaderBytes(channel);
      return Optional.of(
          GgufFile.recognises(bytes) ? new GgufFile(bytes).read() : SafetensorsFile.read(bytes));
    } catch (BrokenHeaderException e) {
      return Optional.empty();
    }
  }
}
