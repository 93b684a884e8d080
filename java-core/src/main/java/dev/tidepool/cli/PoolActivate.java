package dev.tidepool.cli;

import dev.tidepool.pool.Pool;

/** {@code tidepool pool activate}. */
final class PoolActivate implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool pool activate", "Choose the image that nodes show by default.")
        .parameter("POOL", PoolAnswer.POOL)
        .parameter("IMAGE", "Its name, as tidepool pool list shows it.")
        .base()
        .json()
        .example("tidepool pool activate Sea wave.png")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenBase base = OpenBase.of(arguments, terminal);
    String name = arguments.text(1);
    Pool pool = base.profiles().pools().activate(base.poolId(arguments.text(0)), name);
    return PoolAnswer.print(
        terminal,
        arguments.json(),
        pool,
        "The active image of " + arguments.text(0) + " is " + name + " now.");
  }
}
