import dev.tidepool.hash.FileHasher;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The timed part of {@code hash.py}: obeys one command a line (words parted by tabs) on standard
 * input and answers each with one line, the nanoseconds that the core took, a tab, and a result.
 *
 * <pre>
 * blake3 THREADS FILE   -> the digest
 * both THREADS FILE     -> BLAKE3 and SHA-256
 * sha256 THREADS FILE   -> SHA-256 alone, on one thread
 * quick THREADS FILE    -> the quick key
 * folder THREADS FOLDER -> the quick keys of all its files, by name, as one BLAKE3; a thread each
 * </pre>
 */
final class HashBench {
  public static void main(String[] arguments) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    FileHasher[] hashers = new FileHasher[9];
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split("\t");
      int threads = Integer.parseInt(words[1]);
      if (hashers[threads] == null) {
        hashers[threads] = new FileHasher(threads);
      }
      long start = System.nanoTime();
      Object result = obey(words[0], hashers[threads], threads, Path.of(words[2]));
      System.out.println(System.nanoTime() - start + "\t" + result);
    }
  }

  private static Object obey(String command, FileHasher hasher, int threads, Path path)
      throws Exception {
    return switch (command) {
      case "blake3" -> hasher.blake3(path, bytes -> {});
      case "both" -> {
        var digest = hasher.full(path, bytes -> {});
        yield digest.blake3() + " " + digest.sha256();
      }
      case "sha256" -> sha256(path);
      case "quick" -> hasher.quick(path);
      case "folder" -> folder(threads, path);
      default -> throw new IllegalArgumentException(command);
    };
  }

  private static String sha256(Path path) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] buffer = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(path)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String folder(int threads, Path folder) throws Exception {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.sorted().collect(Collectors.toList());
    }
    FileHasher hasher = new FileHasher(1);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<String>> keys =
        files.stream().map(file -> pool.submit(() -> hasher.quick(file))).toList();
    dev.tidepool.hash.Blake3 all = new dev.tidepool.hash.Blake3();
    for (Future<String> key : keys) {
      byte[] bytes = key.get().getBytes(StandardCharsets.US_ASCII);
      all.update(bytes, 0, bytes.length);
    }
    pool.shutdown();
    return HexFormat.of().formatHex(all.digest());
  }
}
