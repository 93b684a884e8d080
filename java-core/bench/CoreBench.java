import dev.tidepool.io.Progress;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.pool.NewImage;
import dev.tidepool.profile.ProfileStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The timed part of {@code run.py}: obeys one command a line (words parted by tabs) on standard
 * input and answers each with one line, the nanoseconds that the core took, a tab, and a result.
 * The first argument is the base folder.
 *
 * <pre>
 * create NAME            -> id          add ID FILE COUNT -> images added
 * export ID FILE         -> bytes       import FILE NAME  -> id
 * profiles               -> how many    pool ID           -> how many slots
 * purge ID               -> deletes profile and trash, untimed by the caller
 * memory                 -> peak resident set in kB (Linux)
 * </pre>
 */
final class CoreBench {
  private final Path base;
  private final ProfileStore store;

  private CoreBench(Path base) {
    this.base = base;
    this.store = new ProfileStore(base, Clock.systemUTC(), new StoreLocks());
  }

  public static void main(String[] arguments) throws IOException {
    CoreBench bench = new CoreBench(Path.of(arguments[0]));
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split("\t");
      long start = System.nanoTime();
      Object result = bench.obey(words);
      System.out.println(System.nanoTime() - start + "\t" + result);
    }
  }

  private Object obey(String[] words) throws IOException {
    return switch (words[0]) {
      case "create" -> store.create(words[1]).id();
      case "add" -> add(words[1], Path.of(words[2]), Integer.parseInt(words[3]));
      case "export" -> store.exportTo(words[1], Path.of(words[2]), Progress.none()).bytes();
      case "import" -> store.importFrom(Path.of(words[1]), words[2], Progress.none()).id();
      case "profiles" -> store.list().size();
      case "pool" -> store.pools().get(words[1]).slots().size();
      case "purge" -> store.delete(words[1]);
      case "memory" -> peakResident();
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private int add(String id, Path file, int count) {
    List<NewImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(new NewImage(file.getFileName().toString(), file));
    }
    return store.pools().add(id, images, Progress.none()).added().size();
  }

  private static String peakResident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return line.replaceAll("[^0-9]", "");
      }
    }
    return "0";
  }
}
