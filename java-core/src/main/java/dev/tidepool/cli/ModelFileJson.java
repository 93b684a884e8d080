package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.model.IndexedFile;
import dev.tidepool.model.Verification;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A model's file as {@code {"key","type","path","root","file","bytes","blake3","sha256","missing",
 * "folder"}}: {@code path} as ComfyUI's models folder would have it, {@code file} on this machine.
 * After a verification also {@code verified}, with {@code reason} where that is false.
 */
record ModelFileJson(IndexedFile file, @Nullable Verification verification)
    implements JsonAnswer.Body {
  @Override
  public void write(JsonGenerator generator) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("key", file.key());
    generator.writeStringField("type", file.type().orElse(null));
    generator.writeStringField("path", file.fullPath());
    generator.writeStringField("root", file.root().toString());
    generator.writeStringField("file", file.path().toString());
    generator.writeNumberField("bytes", file.size());
    generator.writeStringField("blake3", file.blake3());
    generator.writeStringField("sha256", file.sha256());
    generator.writeBooleanField("missing", file.missing());
    generator.writeBooleanField("folder", file.folder());
    if (verification != null) {
      generator.writeBooleanField("verified", verification.holds());
      if (!verification.holds()) {
        generator.writeStringField("reason", verification.reason());
      }
    }
    generator.writeEndObject();
  }
}
