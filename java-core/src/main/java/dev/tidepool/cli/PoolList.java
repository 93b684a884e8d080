package dev.tidepool.cli;

import dev.tidepool.pool.Pool;
import dev.tidepool.pool.Slot;

/** {@code tidepool pool list}. */
final class PoolList implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool pool list", "List the images of a pool, in its order.")
        .parameter("POOL", PoolAnswer.POOL)
        .base()
        .json()
        .example("tidepool pool list Sea")
        .example("tidepool pool list Sea --json | jq -r .active")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    OpenBase base = OpenBase.of(arguments, terminal);
    Pool pool = base.profiles().pools().get(base.poolId(arguments.text(0)));
    if (arguments.json()) {
      JsonAnswer.print(terminal, new PoolJson(pool));
    } else if (pool.slots().isEmpty()) {
      terminal.say("The pool " + arguments.text(0) + " has no images.");
      terminal.say("hint: tidepool pool add " + arguments.text(0) + " FILE… adds some.");
    } else {
      print(pool, terminal);
    }
    return ExitCode.DONE;
  }

  private static void print(Pool pool, Terminal terminal) {
    Table table = new Table("STATE", "PIXELS", "SIZE", "NAME", "LABEL");
    for (Slot slot : pool.slots()) {
      table.row(
          state(pool, slot),
          slot.width() + "x" + slot.height(),
          Sizes.text(slot.bytes()),
          slot.name(),
          slot.label());
    }
    table.print(terminal);
  }

  private static String state(Pool pool, Slot slot) {
    String state = slot.enabled() ? "on" : "off";
    if (slot.name().equals(pool.active())) {
      state = "active";
    }
    return slot.mask() ? state + "+mask" : state;
  }
}
