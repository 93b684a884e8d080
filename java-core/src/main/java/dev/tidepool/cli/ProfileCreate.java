package dev.tidepool.cli;

import dev.tidepool.profile.Profile;

/** {@code tidepool profile create}. */
final class ProfileCreate implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool profile create", "Create a profile with an empty pool.")
        .parameter("NAME", "1 to 120 characters; unique, ignoring case.")
        .base()
        .json()
        .example("tidepool profile create Sea")
        .example("id=$(tidepool profile create 'Red faces')")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Profile profile = OpenBase.of(arguments, terminal).profiles().create(arguments.text(0));
    return ProfileAnswer.print(
        terminal, arguments.json(), profile, "Created the profile " + profile.name() + ".");
  }
}
