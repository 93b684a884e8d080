package dev.tidepool.cli;

import dev.tidepool.pool.Pool;

/** Answers a change of one pool: talk for people, the pool as it is now for programs. */
final class PoolAnswer {
  /** What the parameter that chooses a pool accepts. */
  static final String POOL = "A profile's id or name, or the id of a node's own pool.";

  private PoolAnswer() {}

  static int print(Terminal terminal, boolean json, Pool pool, String talk) {
    if (json) {
      JsonAnswer.print(terminal, new PoolJson(pool));
    } else {
      terminal.say(talk);
    }
    return ExitCode.DONE;
  }
}
