package dev.tidepool.harness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Images on their way into the server and out of it. Thread-safe. */
public final class ServerFiles {
  private final ComfyApi api;

  ServerFiles(ComfyApi api) {
    this.api = api;
  }

  /**
   * Uploads an image into ComfyUI's input folder, in place of one of the same name.
   *
   * @return where it is now
   */
  public PromptResult.OutputFile upload(String name, byte[] content) {
    return upload(new PromptResult.OutputFile(name, "", "input"), content);
  }

  /**
   * Uploads an image to a subfolder of the folder {@code input}, {@code output} or {@code temp}.
   */
  public PromptResult.OutputFile upload(PromptResult.OutputFile place, byte[] content) {
    return sent("/upload/image", form(place, content));
  }

  /**
   * Uploads a mask as the mask editor does: a PNG whose alpha channel becomes that of a copy of the
   * original.
   *
   * @param name the copy's name in the input folder
   * @param original the image that the mask belongs to
   * @return where the copy is
   */
  public PromptResult.OutputFile uploadMask(
      String name, byte[] mask, PromptResult.OutputFile original) {
    ObjectNode reference = api.object().put("filename", original.name());
    reference.put("subfolder", original.subfolder()).put("type", original.type());
    Multipart form =
        form(new PromptResult.OutputFile(name, "", "input"), mask)
            .field("original_ref", reference.toString());
    return sent("/upload/mask", form);
  }

  private static Multipart form(PromptResult.OutputFile place, byte[] content) {
    return new Multipart()
        .file("image", place.name(), content)
        .field("subfolder", place.subfolder())
        .field("type", place.type())
        .field("overwrite", "true");
  }

  private PromptResult.OutputFile sent(String path, Multipart form) {
    var answer = api.post(path, form).successful().json();
    return new PromptResult.OutputFile(
        answer.path("name").asText(),
        answer.path("subfolder").asText(),
        answer.path("type").asText());
  }

  /** Fetches a file that was uploaded or that a node put out. */
  public byte[] view(PromptResult.OutputFile file) {
    String query =
        "filename=%s&subfolder=%s&type=%s"
            .formatted(
                ComfyApi.encode(file.name()),
                ComfyApi.encode(file.subfolder()),
                ComfyApi.encode(file.type()));
    return api.send("GET", "/view?" + query).successful().body();
  }

  /** Fetches and decodes an image. */
  public BufferedImage image(PromptResult.OutputFile file) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(view(file)));
      if (image == null) {
        throw new AssertionError(file + " is no image that Java reads");
      }
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
