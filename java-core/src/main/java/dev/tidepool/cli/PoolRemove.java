package dev.tidepool.cli;

import dev.tidepool.pool.Pool;
import java.util.List;

/** {@code tidepool pool remove}. */
final class PoolRemove implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool pool remove", "Move images of a pool into the trash.")
        .parameter("POOL", PoolAnswer.POOL)
        .parameters("IMAGE", "Their names, as tidepool pool list shows them.")
        .base()
        .json()
        .example("tidepool pool remove Sea wave.png foam.png")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenBase base = OpenBase.of(arguments, terminal);
    List<String> names = arguments.texts(1);
    Pool pool = base.profiles().pools().remove(base.poolId(arguments.text(0)), names);
    return PoolAnswer.print(
        terminal,
        arguments.json(),
        pool,
        "Removed " + String.join(", ", names) + " from " + arguments.text(0) + ".");
  }
}
