package dev.tidepool.image;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Reads the headers of image files.
 *
 * <p>A file is what its content says; its name plays no part. Only the places that tell the size
 * are read, at most 1 MiB in all, so that a hostile or lying file costs no more than an honest one.
 * Sizes are those of the picture as ComfyUI's Load Image shows it: the EXIF orientation (CIPA
 * DC-008, tag 274) and AVIF's {@code irot} are applied. Thread-safe.
 *
 * <pre>{@code
 * ImageHeaders.read(Path.of("cat.png")) // ImageHeader[format=JPEG, width=4000, height=3000]
 * }</pre>
 */
public final class ImageHeaders {
  private static final List<HeaderReader> READERS =
      List.of(
          new PngHeader(),
          new JpegHeader(),
          new WebpHeader(),
          new GifHeader(),
          new TiffHeader(),
          new AvifHeader(),
          new BmpHeader());

  private ImageHeaders() {}

  /**
   * Tells what an image file is.
   *
   * @throws TidepoolException with {@code image-format-unsupported} when the file is none of the
   *     formats of {@link ImageFormat}, is no plain file, or has a broken header or a side of zero
   *     pixels
   * @throws IOException when the file is missing or cannot be read
   */
  public static ImageHeader read(Path file) throws IOException {
    return read(file, String.valueOf(file.getFileName()));
  }

  /** Tells what an image file is that people know by another name, which the error gives. */
  public static ImageHeader read(Path file, String name) throws IOException {
    // Opening a pipe would wait for its writer.
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw unsupported(name, "it is not a file");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(ImageBytes.of(channel));
    } catch (BrokenHeaderException e) {
      throw unsupported(name, String.valueOf(e.getMessage()));
    }
  }

  private static ImageHeader read(ImageBytes bytes) throws IOException, BrokenHeaderException {
    for (HeaderReader reader : READERS) {
      if (reader.recognises(bytes)) {
        return reader.read(bytes);
      }
    }
    throw new BrokenHeaderException("its content is of no known image format");
  }

  private static TidepoolException unsupported(String name, String reason) {
    return new TidepoolException(
        ErrorKind.UNSUPPORTED,
        "image-format-unsupported",
        Texts.quoted(name) + " cannot be used as an image: " + reason + ".",
        "Use a PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF image.");
  }
}
