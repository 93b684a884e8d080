package dev.tidepool.cli;

import dev.tidepool.profile.Profile;

/** {@code tidepool profile restore}. */
final class ProfileRestore implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool profile restore",
            "Bring back a profile that was deleted within the last 7 days.")
        .parameter("PROFILE", "Its id or name; of several the one deleted last.")
        .base()
        .json()
        .example("tidepool profile restore Sea")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Profile profile = OpenBase.of(arguments, terminal).profiles().restore(arguments.text(0));
    return ProfileAnswer.print(
        terminal, arguments.json(), profile, "Restored the profile " + profile.name() + ".");
  }
}
