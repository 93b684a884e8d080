package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.io.Texts;
import dev.tidepool.profile.Profile;
import java.io.IOException;
import java.util.Optional;

/** {@code tidepool profile delete}. Deleting what is not there is fine. */
final class ProfileDelete implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool profile delete",
            "Move a profile into the trash, where it is kept for 7 days. None there is fine.")
        .parameter("PROFILE", "Its id or name.")
        .base()
        .json()
        .example("tidepool profile delete Sea")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenBase base = OpenBase.of(arguments, terminal);
    String idOrName = arguments.text(0);
    Optional<Profile> profile = base.profiles().find(idOrName);
    boolean deleted = profile.isPresent() && base.profiles().delete(profile.get().id());
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(deleted));
    } else if (deleted) {
      Profile gone = profile.orElseThrow();
      terminal.say("Deleted the profile " + gone.name() + ".");
      terminal.say(
          "hint: tidepool profile restore " + gone.id() + " brings it back within 7 days.");
    } else {
      terminal.say("There is no profile " + Texts.quoted(idOrName) + "; nothing to delete.");
    }
    return ExitCode.DONE;
  }

  private record Body(boolean deleted) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeBooleanField("deleted", deleted);
      generator.writeEndObject();
    }
  }
}
