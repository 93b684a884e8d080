package dev.tidepool.environment;

import dev.tidepool.io.StoreLocks;
import java.io.IOException;

/**
 * Lets tests of other packages see a change die at each of its steps, without a process of its own:
 *
 * <pre>{@code
 * Deaths.atEachStep(
 *     () -> makeAnew(),                              // -> Environment in its old state
 *     environment -> new NodePacks(environment).add(…),
 *     (environment, finished) -> assertThat(…));     // after the next command took it back
 * }</pre>
 */
public final class Deaths {
  /** What happens to a process that is killed: nothing that it still does has any effect. */
  public static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Makes the environment in its old state. */
  public interface Maker {
    /** Makes it anew. */
    Environment make() throws Exception;
  }

  /** What changes an environment. */
  public interface Work {
    /** Does it. */
    void on(Environment environment) throws Exception;
  }

  /** Looks at what is left. */
  public interface Look {
    /** After recovering; {@code finished} tells whether death came after the commit point. */
    void at(Environment environment, boolean finished) throws Exception;
  }

  private Deaths() {}

  /** How many points there are to die at. */
  public static int points(Environment environment, Work work) throws Exception {
    DyingDisk disk = new DyingDisk(-1, () -> {});
    work.on(with(environment, disk));
    return disk.points();
  }

  /** Dies at each point once, recovers, and looks. */
  public static void atEachStep(Maker maker, Work work, Look look) throws Exception {
    int points = points(maker.make(), work);
    for (int point = 0; point < points; point++) {
      Environment fresh = maker.make();
      boolean finished = dieAt(point, fresh, work);
      Environment next = with(fresh, new Disk());
      Change.recover(next);
      look.at(next, finished);
    }
  }

  private static boolean dieAt(int point, Environment environment, Work work) throws Exception {
    Environment dying =
        with(
            environment,
            new DyingDisk(
                point,
                () -> {
                  throw new Death();
                }));
    try {
      work.on(dying);
    } catch (Death e) {
      // As it should be.
    }
    return !environment.change().isOpen();
  }

  /** As another process would see it. */
  private static Environment with(Environment environment, Disk disk) throws IOException {
    return new Environment(
        environment.name(), environment.folder(), new StoreLocks(), environment.clock(), disk);
  }
}
