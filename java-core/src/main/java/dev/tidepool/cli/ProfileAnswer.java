package dev.tidepool.cli;

import dev.tidepool.profile.Profile;

/**
 * Answers a change of one profile: its id as data, so that scripts can keep it, the rest as talk.
 */
final class ProfileAnswer {
  private ProfileAnswer() {}

  static int print(Terminal terminal, boolean json, Profile profile, String talk) {
    if (json) {
      JsonAnswer.print(terminal, new ProfileJson(profile));
    } else {
      terminal.say(talk);
      terminal.out().println(PrintableText.of(profile.id()));
    }
    return ExitCode.DONE;
  }
}
