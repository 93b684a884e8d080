package dev.tidepool.cli;

import dev.tidepool.bundle.Signing;
import dev.tidepool.bundle.SigningKey;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** {@code tidepool bundle keygen}. */
final class BundleKeygen implements Command {
  private static final String DEFAULT = "bundle-key.pem";

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool bundle keygen", "Make a pair of keys that bundles are signed with.")
        .optionalFile(
            "FILE",
            "The secret key, for you alone; the public one lies beside it with .pub behind its"
                + " name. Default: "
                + DEFAULT
                + ".")
        .json()
        .example("tidepool bundle keygen ~/keys/bundle.pem")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    List<String> named = arguments.texts(0);
    Path file = terminal.path(named.isEmpty() ? DEFAULT : named.get(0));
    SigningKey key = Signing.generate(file);
    String open = Base64.getEncoder().encodeToString(key.open().getEncoded());
    if (arguments.json()) {
      JsonAnswer.print(
          terminal,
          generator -> {
            generator.writeStartObject();
            generator.writeStringField("file", file.toString());
            generator.writeStringField("publicKey", open);
            generator.writeStringField("fingerprint", Signing.fingerprint(key.open()));
            generator.writeEndObject();
          });
    } else {
      terminal.out().println(open);
      terminal.say("The secret key is in " + file + ": keep it to yourself.");
      terminal.say(
          "Who gets your bundles verifies them with the key above, or with "
              + file
              + ".pub: "
              + Signing.fingerprint(key.open()));
    }
    return ExitCode.DONE;
  }
}
