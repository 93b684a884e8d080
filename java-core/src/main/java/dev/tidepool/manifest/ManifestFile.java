package dev.tidepool.manifest;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.toml.TomlDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the file {@code pyproject.toml}, which has to be there. */
final class ManifestFile {
  private ManifestFile() {}

  static TomlDocument read(Path file) {
    return StorageFailures.translate(
        "read " + file, () -> TomlDocument.parse(text(file), file.toString()));
  }

  private static String text(Path file) throws IOException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (NoSuchFileException e) {
      throw new TidepoolException(
          e,
          ErrorKind.NOT_FOUND,
          "manifest-not-found",
          "There is no " + file + ".",
          "Take it back from an earlier version with tidepool rollback.");
    } catch (CharacterCodingException e) {
      throw new TidepoolException(
          e, ErrorKind.MALFORMED, "toml-invalid", file + ", line 1: the text is not UTF-8.");
    }
  }
}
