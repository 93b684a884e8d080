package dev.tidepool.cli;

import dev.tidepool.profile.Profile;

/** {@code tidepool profile duplicate}. */
final class ProfileDuplicate implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool profile duplicate",
            "Copy a profile with its images, order, labels and active slot.")
        .parameter("PROFILE", "Its id or name.")
        .parameter("NAME", "The copy's name.")
        .base()
        .json()
        .example("tidepool profile duplicate Sea 'Sea, second try'")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenBase base = OpenBase.of(arguments, terminal);
    Profile original = base.profile(arguments.text(0));
    Profile copy =
        LongWork.run(
            terminal,
            "Copying " + original.name(),
            progress -> base.profiles().duplicate(original.id(), arguments.text(1), progress));
    return ProfileAnswer.print(
        terminal,
        arguments.json(),
        copy,
        "Copied the profile " + original.name() + " as " + copy.name() + ".");
  }
}
