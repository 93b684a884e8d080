package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import picocli.AutoComplete;

/** {@code tidepool completion}: a script that teaches a shell the commands. */
final class Completion implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool completion", "Print a script that completes commands in a shell.")
        .parameter("SHELL", "bash or zsh.")
        .example("source <(tidepool completion bash)")
        .example("tidepool completion zsh >> ~/.zshrc")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    String shell = arguments.text(0);
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw new TidepoolException(
          ErrorKind.USAGE,
          "shell-unknown",
          "No completion for the shell " + shell + ".",
          "There is one for bash and one for zsh.");
    }
    // One script for both: it turns zsh's own support for bash's completion on.
    terminal.out().print(AutoComplete.bash("tidepool", CommandTree.build()));
    return ExitCode.DONE;
  }
}
