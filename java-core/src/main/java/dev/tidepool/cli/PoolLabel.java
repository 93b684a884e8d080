package dev.tidepool.cli;

import dev.tidepool.pool.Pool;

/** {@code tidepool pool label}. */
final class PoolLabel implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool pool label", "Give an image a label.")
        .parameter("POOL", PoolAnswer.POOL)
        .parameter("IMAGE", "Its name, as tidepool pool list shows it.")
        .parameter("LABEL", "Up to 120 characters; '' brings back the file's own name.")
        .base()
        .json()
        .example("tidepool pool label Sea wave.png 'The big one'")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenBase base = OpenBase.of(arguments, terminal);
    String name = arguments.text(1);
    String label = arguments.text(2);
    Pool pool = base.profiles().pools().label(base.poolId(arguments.text(0)), name, label);
    return PoolAnswer.print(
        terminal,
        arguments.json(),
        pool,
        label.isBlank()
            ? "The label of " + name + " is its own name again."
            : "Labelled " + name + " as " + label + ".");
  }
}
