package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.profile.Profile;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** {@code tidepool profile list}. */
final class ProfileList implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool profile list", "List the profiles.")
        .base()
        .json()
        .example("tidepool profile list --base ComfyUI/input/grid_pool")
        .example("tidepool profile list --json | jq -r '.profiles[].name'")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenBase base = OpenBase.of(arguments, terminal);
    List<Profile> profiles = base.profiles().list();
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(profiles));
    } else if (profiles.isEmpty()) {
      terminal.say("No profiles in " + base.folder() + ".");
      terminal.say("hint: tidepool profile create NAME makes one.");
    } else {
      print(profiles, terminal);
    }
    return ExitCode.DONE;
  }

  private static void print(List<Profile> profiles, Terminal terminal) {
    Table table = new Table("ID", "CREATED (UTC)", "NAME");
    for (Profile profile : profiles) {
      table.row(profile.id(), time(profile.created()), profile.name());
    }
    table.print(terminal);
  }

  // Not a DateTimeFormatter, which takes longer to load than the whole list.
  private static String time(long millis) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), 0, ZoneOffset.UTC);
    String text = time.toString();
    int minutes = text.indexOf('T') + 6;
    return text.substring(0, minutes).replace('T', ' ');
  }

  private record Body(List<Profile> profiles) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeArrayFieldStart("profiles");
      for (Profile profile : profiles) {
        new ProfileJson(profile).write(generator);
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}
