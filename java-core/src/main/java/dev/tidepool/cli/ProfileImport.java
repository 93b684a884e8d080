package dev.tidepool.cli;

import dev.tidepool.profile.Profile;
import java.nio.file.Path;

/** {@code tidepool profile import}. */
final class ProfileImport implements Command {
  private static final String NAME = "--name";

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool profile import", "Make a new profile of an exported archive.")
        .file("FILE", "The archive.")
        .option(NAME, "NAME", "The profile's name. Default: the archive's, made unique.")
        .base()
        .json()
        .example("tidepool profile import sea.zip")
        .example("tidepool profile import sea.zip --name 'Sea from Ann'")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenBase base = OpenBase.of(arguments, terminal);
    Path archive = arguments.path(0, terminal);
    Profile profile =
        LongWork.run(
            terminal,
            "Importing " + archive.getFileName(),
            progress ->
                base.profiles().importFrom(archive, arguments.option(NAME).orElse(null), progress));
    return ProfileAnswer.print(
        terminal, arguments.json(), profile, "Imported the profile " + profile.name() + ".");
  }
}
