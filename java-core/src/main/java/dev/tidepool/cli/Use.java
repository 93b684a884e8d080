package dev.tidepool.cli;

/** {@code tidepool use}: makes an environment the active one. */
final class Use implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool use", "Make an environment the active one, which commands take by default.")
        .parameter("NAME", "Its name.")
        .workspace()
        .json()
        .example("tidepool use work")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    String name = arguments.text(0);
    OpenEnvironment.all(arguments, terminal).use(name);
    if (arguments.json()) {
      JsonAnswer.print(
          terminal,
          generator -> {
            generator.writeStartObject();
            generator.writeStringField("active", name);
            generator.writeEndObject();
          });
    } else {
      terminal.say("The active environment is " + name + ".");
    }
    return ExitCode.DONE;
  }
}
