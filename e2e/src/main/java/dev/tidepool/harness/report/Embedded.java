package dev.tidepool.harness.report;

import static dev.tidepool.harness.report.Markup.escape;

import dev.tidepool.harness.golden.Content;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A file inside the page, so that the page needs no other file. */
final class Embedded {
  private static final int LARGEST_BYTES = 3_000_000;
  private static final long LARGEST_PIXELS = 40_000_000;
  private static final int LARGEST_SIDE = 1024;
  private static final int SMALL_SIDE = 300;
  private static final int LONGEST_TEXT = 4_000;

  private Embedded() {}

  /** The element that shows a file; {@code description} is for those who do not see it. */
  static String of(Content content, String description) {
    return switch (content.kind()) {
      case IMAGE -> image(content, description);
      case ANIMATION -> image(content, description);
      case AUDIO -> player("audio", content, description);
      case VIDEO -> player("video", content, description);
      case TEXT -> "<pre class=\"text\">" + escape(start(content)) + "</pre>";
      case TENSORS, OTHER -> file(content);
    };
  }

  /** A PNG as an element. */
  static String png(byte[] png, String description) {
    return image(new Content(dev.tidepool.harness.golden.Kind.IMAGE, ".png", png), description);
  }

  private static String image(Content content, String description) {
    BufferedImage decoded = decode(content.bytes());
    boolean browserShows = content.extension().matches("\\.(png|apng|jpe?g|gif|webp|bmp)");
    if (decoded == null) {
      return browserShows && content.bytes().length <= LARGEST_BYTES
          ? element(content.bytes(), type(content), description, "")
          : file(content);
    }
    byte[] bytes = content.bytes();
    String type = type(content);
    if (bytes.length > LARGEST_BYTES || !browserShows) {
      bytes = reduced(decoded);
      type = "image/png";
    }
    int side = Math.max(decoded.getWidth(), decoded.getHeight());
    // A picture of a few pixels is shown in large squares.
    String size =
        side < SMALL_SIDE
            ? " class=\"tiny\" width=\"%s\""
                .formatted(decoded.getWidth() * ((SMALL_SIDE + side - 1) / side))
            : "";
    return element(bytes, type, description, size);
  }

  private static @org.jspecify.annotations.Nullable BufferedImage decode(byte[] bytes) {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        return null;
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream);
        long size = (long) reader.getWidth(0) * reader.getHeight(0);
        return size > LARGEST_PIXELS ? null : reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static byte[] reduced(BufferedImage image) {
    double scale =
        Math.min(1, (double) LARGEST_SIDE / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) (image.getWidth() * scale));
    int height = Math.max(1, (int) (image.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(small, "png", bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String element(byte[] bytes, String type, String description, String more) {
    return "<img alt=\"%s\"%s loading=\"lazy\" src=\"%s\">"
        .formatted(escape(description), more, data(bytes, type));
  }

  private static String player(String element, Content content, String description) {
    return content.bytes().length > LARGEST_BYTES
        ? file(content)
        : "<%s controls preload=\"metadata\" aria-label=\"%s\" src=\"%s\"></%s>"
            .formatted(element, escape(description), data(content.bytes(), type(content)), element);
  }

  private static String file(Content content) {
    return String.format(
        Locale.ROOT,
        "<p class=\"file\">%s%s, %,d bytes<br><code>SHA-256 %.16s…</code></p>",
        content.kind().word(),
        escape(content.extension()),
        content.bytes().length,
        content.digest());
  }

  private static String start(Content content) {
    String text = new String(content.bytes(), StandardCharsets.UTF_8);
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
  }

  private static String data(byte[] bytes, String type) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static String type(Content content) {
    return switch (content.extension()) {
      case ".jpg", ".jpeg" -> "image/jpeg";
      case ".gif" -> "image/gif";
      case ".webp" -> "image/webp";
      case ".bmp" -> "image/bmp";
      case ".wav" -> "audio/wav";
      case ".flac" -> "audio/flac";
      case ".mp3" -> "audio/mpeg";
      case ".opus", ".ogg" -> "audio/ogg";
      case ".m4a" -> "audio/mp4";
      case ".mp4" -> "video/mp4";
      case ".webm" -> "video/webm";
      default -> "image/png";
    };
  }
}
