package dev.tidepool.cli;

import dev.tidepool.error.TidepoolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the command that the arguments name, runs it, and renders whatever goes wrong. */
final class Dispatcher {
  private final Terminal terminal;

  Dispatcher(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs one command line and answers an {@link ExitCode}; throws nothing. */
  int run(String... line) {
    List<String> arguments = List.of(line);
    try {
      CommandName name = CommandName.at(arguments);
      return name == null
          ? CommandTree.answer(arguments, terminal)
          : run(name.create(), arguments.subList(name.words(), arguments.size()));
    } catch (FullCompiler.Wanted e) {
      return anew(arguments);
    } catch (TidepoolException e) {
      return new ErrorReport(terminal, arguments).print(e);
    } catch (RuntimeException | Error e) {
      return new ErrorReport(terminal, arguments).bug(e);
    }
  }

  private int anew(List<String> arguments) {
    try {
      return FullCompiler.run(arguments, terminal);
    } catch (TidepoolException e) {
      return new ErrorReport(terminal, arguments).print(e);
    }
  }

  private int run(Command command, List<String> arguments) {
    Syntax syntax = command.syntax();
    @Nullable Arguments parsed = QuickParser.parse(syntax, arguments);
    if (parsed == null) {
      parsed = FullParser.parse(syntax, arguments, terminal);
    }
    return parsed == null ? ExitCode.DONE : command.run(parsed, terminal);
  }
}
