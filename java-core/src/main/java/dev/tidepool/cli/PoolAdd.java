package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.pool.Addition;
import dev.tidepool.pool.NewImage;
import dev.tidepool.pool.Pool;
import dev.tidepool.pool.PoolStore;
import dev.tidepool.pool.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code tidepool pool add}. Files that are refused do not keep the others out. */
final class PoolAdd implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool pool add", "Copy images into a pool, at the end of its order.")
        .parameter("POOL", PoolAnswer.POOL)
        .files("FILE", "PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF images.")
        .base()
        .json()
        .example("tidepool pool add Sea photos/*.jpg")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenBase base = OpenBase.of(arguments, terminal);
    PoolStore pools = base.profiles().pools();
    String id = base.poolId(arguments.text(0));
    List<NewImage> images = new ArrayList<>();
    for (Path file : arguments.paths(1, terminal)) {
      images.add(new NewImage(String.valueOf(file.getFileName()), file));
    }
    Addition addition =
        LongWork.run(terminal, "Adding images", progress -> pools.add(id, images, progress));
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(pools.get(id), addition));
    } else {
      print(addition, arguments.text(0), terminal);
    }
    return addition.refused().isEmpty() ? ExitCode.DONE : ExitCode.FAILURE;
  }

  private static void print(Addition addition, String pool, Terminal terminal) {
    for (String name : addition.added()) {
      terminal.out().println(PrintableText.of(name));
    }
    int added = addition.added().size();
    terminal.say("Added " + added + (added == 1 ? " image to " : " images to ") + pool + ".");
    for (Refusal refusal : addition.refused()) {
      new ErrorReport(terminal, List.of()).print(refusal.error());
    }
  }

  private record Body(Pool pool, Addition addition) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeFieldName("pool");
      new PoolJson(pool).write(generator);
      generator.writeArrayFieldStart("added");
      for (String name : addition.added()) {
        generator.writeString(name);
      }
      generator.writeEndArray();
      generator.writeArrayFieldStart("refused");
      for (Refusal refusal : addition.refused()) {
        write(generator, refusal);
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }

    private static void write(JsonGenerator generator, Refusal refusal) throws IOException {
      TidepoolException error = refusal.error();
      generator.writeStartObject();
      generator.writeStringField("name", refusal.name());
      generator.writeFieldName("error");
      JsonAnswer.writeError(generator, error.code(), error.text(), error.hints());
      generator.writeEndObject();
    }
  }
}
