package dev.tidepool.cli;

import dev.tidepool.profile.Profile;

/** {@code tidepool profile rename}. */
final class ProfileRename implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool profile rename", "Give a profile another name.")
        .parameter("PROFILE", "Its id or name.")
        .parameter("NAME", "The new name.")
        .base()
        .json()
        .example("tidepool profile rename Sea Ocean")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenBase base = OpenBase.of(arguments, terminal);
    Profile before = base.profile(arguments.text(0));
    Profile after = base.profiles().rename(before.id(), arguments.text(1));
    return ProfileAnswer.print(
        terminal,
        arguments.json(),
        after,
        "Renamed the profile " + before.name() + " to " + after.name() + ".");
  }
}
