import dev.tidepool.io.Progress;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.pool.NewImage;
import dev.tidepool.profile.ProfileStore;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * The timed part of {@code run.py}: obeys one command a line (words parted by tabs) on standard
 * input and answers each with one line, the nanoseconds that the core took, a tab, and a result.
 * The first argument is the base folder.
 *
 * <pre>
 * create NAME     -> id
 * add ID FILE COUNT PREFIX -> how many were added; names are the prefix and a running number
 * export ID FILE  -> bytes
 * import FILE NAME -> id
 * profiles        -> how many
 * pool ID         -> how many slots
 * delete ID       -> whether there was one
 * memory          -> peak resident set in kB (Linux)
 * photo SEED FILE -> bytes; paints a picture and writes it as JPEG
 * </pre>
 */
final class CoreBench {
  private final ProfileStore store;
  private int added;

  private CoreBench(Path base) {
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
      case "add" -> add(words[1], Path.of(words[2]), Integer.parseInt(words[3]), words[4]);
      case "export" -> store.exportTo(words[1], Path.of(words[2]), Progress.none()).bytes();
      case "import" -> store.importFrom(Path.of(words[1]), words[2], Progress.none()).id();
      case "profiles" -> store.list().size();
      case "pool" -> store.pools().get(words[1]).slots().size();
      case "delete" -> store.delete(words[1]);
      case "memory" -> peakResident();
      case "photo" -> Photo.write(Long.parseLong(words[1]), Path.of(words[2]));
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private int add(String id, Path file, int count, String prefix) {
    List<NewImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(new NewImage(prefix + added++ + ".jpg", file));
    }
    return store.pools().add(id, images, Progress.none()).added().size();
  }

  /** A JPEG as cameras make them, so that its entropy coding is real; about 2 MB. */
  private static final class Photo {
    private static final int WIDTH = 4600;
    private static final int HEIGHT = 3450;
    private static final int[] GRAIN = {400, 100, 25, 6, 2};
    private static final int[] STRENGTH = {120, 60, 30, 18, 12};

    static long write(long seed, Path file) throws IOException {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      Random random = new Random(seed);
      int[][][] noise = new int[GRAIN.length][3][];
      for (int i = 0; i < GRAIN.length; i++) {
        int cells = (WIDTH / GRAIN[i] + 2) * (HEIGHT / GRAIN[i] + 2);
        for (int channel = 0; channel < 3; channel++) {
          int strength = STRENGTH[i];
          noise[i][channel] = random.ints(cells, -strength, strength).toArray();
        }
      }
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          image.setRGB(x, y, colour(noise, x, y));
        }
      }
      ImageIO.write(image, "jpg", file.toFile());
      return Files.size(file);
    }

    private static int colour(int[][][] noise, int x, int y) {
      int colour = 0;
      for (int channel = 0; channel < 3; channel++) {
        double value = 128;
        for (int i = 0; i < GRAIN.length; i++) {
          value +=
              smooth(
                  noise[i][channel],
                  WIDTH / GRAIN[i] + 2,
                  (double) x / GRAIN[i],
                  (double) y / GRAIN[i]);
        }
        colour = colour << 8 | (int) Math.max(0, Math.min(255, value));
      }
      return colour;
    }

    private static double smooth(int[] cells, int columns, double x, double y) {
      int at = (int) y * columns + (int) x;
      double right = x - (int) x;
      double down = y - (int) y;
      double above = cells[at] * (1 - right) + cells[at + 1] * right;
      double below = cells[at + columns] * (1 - right) + cells[at + columns + 1] * right;
      return above * (1 - down) + below * down;
    }
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
