package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.profile.Export;
import dev.tidepool.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** {@code tidepool profile export}. */
final class ProfileExport implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool profile export", "Write a profile with all its images into one zip archive.")
        .parameter("PROFILE", "Its id or name.")
        .file("FILE", "The archive; replaced when it exists.")
        .base()
        .json()
        .example("tidepool profile export Sea sea.zip")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenBase base = OpenBase.of(arguments, terminal);
    Profile profile = base.profile(arguments.text(0));
    Path file = arguments.path(1, terminal);
    Export export =
        LongWork.run(
            terminal,
            "Exporting " + profile.name(),
            progress -> base.profiles().exportTo(profile.id(), file, progress));
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(export));
    } else {
      terminal.say(
          String.format(
              Locale.ROOT,
              "Exported the profile %s: %d files, %s.",
              profile.name(),
              export.files(),
              Sizes.text(export.bytes())));
      terminal.out().println(PrintableText.of(export.file().toString()));
    }
    return ExitCode.DONE;
  }

  private record Body(Export export) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeStringField("file", export.file().toString());
      generator.writeNumberField("bytes", export.bytes());
      generator.writeNumberField("files", export.files());
      generator.writeEndObject();
    }
  }
}
