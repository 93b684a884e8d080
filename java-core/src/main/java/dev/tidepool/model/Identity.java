package dev.tidepool.model;

import dev.tidepool.hash.FileDigest;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.io.Progress;
import dev.tidepool.model.FoundFile.Part;
import dev.tidepool.model.Models.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which model a file is whose quick key another model has already. They are one when their
 * bytes are the same, which is looked up in a copy of the known model, else in its full BLAKE3.
 * Where there is neither, the known model's only file has gone or has changed, and the file is
 * taken for what has become of it.
 */
final class Identity {
  private final Models models;
  private final Locations locations;
  private final FileHasher hasher;
  private final int threads;
  private final Progress progress;

  Identity(Models models, Locations locations, int threads, Progress progress) {
    this.models = models;
    this.locations = locations;
    this.hasher = new FileHasher(threads);
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * A decision.
   *
   * @param considered the keys that it rests on: others since, and it has to be made again
   * @param collision whether the file has a longer key, since it differs from all that were known
   * @param assumed whether nothing was there to compare the file with: the model's other files have
   *     to be read again when they are back
   * @param digests what was computed on the way
   */
  record Verdict(
      String key,
      List<String> considered,
      boolean collision,
      boolean assumed,
      List<Digest> digests) {
    Verdict {
      considered = List.copyOf(considered);
      digests = List.copyOf(digests);
    }
  }

  /** The hashes of a model's whole content. */
  record Digest(String key, String blake3, @Nullable String sha256) {}

  private enum Answer {
    SAME,
    DIFFERENT,
    UNKNOWN
  }

  /** The decision for a file whose quick key no model had a moment ago. */
  static Verdict fresh(String quick) {
    return new Verdict(quick, List.of(), false, false, List.of());
  }

  /** The keys that a decision has to rest on now. */
  List<String> considered(String quick) throws SQLException {
    return keys(models.withQuick(quick));
  }

  Verdict decide(FoundFile file, String quick) throws SQLException, IOException {
    List<Candidate> candidates = models.withQuick(quick);
    if (candidates.isEmpty()) {
      return fresh(quick);
    }
    @Nullable String likely = null;
    for (Candidate candidate : candidates) {
      Answer answer = compare(file, candidate);
      if (answer == Answer.SAME) {
        return new Verdict(candidate.key(), keys(candidates), false, false, List.of());
      }
      if (answer == Answer.UNKNOWN && likely == null) {
        likely = candidate.key();
      }
    }
    return likely != null
        ? new Verdict(likely, keys(candidates), false, true, List.of())
        : collision(file, quick, candidates);
  }

  private static List<String> keys(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::key).toList();
  }

  private Answer compare(FoundFile file, Candidate candidate) throws SQLException, IOException {
    for (KnownFile row : locations.of(candidate.key())) {
      Answer answer = compare(file, row);
      if (answer != Answer.UNKNOWN) {
        return answer;
      }
    }
    String whole = candidate.blake3() != null ? candidate.blake3() : suffix(candidate.key());
    if (whole.isEmpty()) {
      return Answer.UNKNOWN;
    }
    return digest(candidate.key(), file).blake3().startsWith(whole)
        ? Answer.SAME
        : Answer.DIFFERENT;
  }

  /** What the key of a model that collided says of its full BLAKE3; else empty. */
  private static String suffix(String key) {
    int hyphen = key.indexOf('-');
    return hyphen < 0 ? "" : key.substring(hyphen + 1);
  }

  private Answer compare(FoundFile file, KnownFile row) throws IOException {
    @Nullable FoundFile copy = copy(row);
    if (copy == null || row.place().equals(file.place())) {
      return Answer.UNKNOWN;
    }
    try {
      return Files.isSameFile(copy.path(), file.path()) || same(copy, file)
          ? Answer.SAME
          : Answer.DIFFERENT;
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return Answer.UNKNOWN;
    }
  }

  /** The file of a row; null unless it is as it was when it was indexed. */
  private static @Nullable FoundFile copy(KnownFile row) {
    try {
      Path path = Path.of(row.root(), row.relative());
      if (row.missing() || !row.own() || !row.stamped()) {
        return null;
      }
      if (row.folder()) {
        FoundFile folder = Walk.folder(path);
        return folder.stamp().equals(row.stamp()) ? folder : null;
      }
      return FoundFile.isStill(path, row.stamp())
          ? new FoundFile(row.root(), row.relative(), path, row.stamp(), null, null)
          : null;
    } catch (InvalidPathException | IOException e) {
      return null;
    }
  }

  private boolean same(FoundFile a, FoundFile b) throws IOException {
    if (a.parts() == null || b.parts() == null) {
      return a.parts() == null && b.parts() == null && same(a.path(), b.path(), b.stamp().size());
    }
    if (a.parts().size() != b.parts().size()) {
      return false;
    }
    for (int i = 0; i < a.parts().size(); i++) {
      Part one = a.parts().get(i);
      Part two = b.parts().get(i);
      if (!one.name().equals(two.name())
          || one.stamp().size() != two.stamp().size()
          || !same(one.path(), two.path(), two.stamp().size())) {
        return false;
      }
    }
    return true;
  }

  private boolean same(Path a, Path b, long size) throws IOException {
    progress.more(size);
    return FileComparison.same(a, b, size, threads, progress::advance);
  }

  private Verdict collision(FoundFile file, String quick, List<Candidate> candidates)
      throws SQLException, IOException {
    List<Digest> digests = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (candidate.blake3() == null) {
        for (KnownFile row : locations.of(candidate.key())) {
          @Nullable FoundFile copy = copy(row);
          if (copy != null) {
            digests.add(digest(candidate.key(), copy));
            break;
          }
        }
      }
    }
    Digest own = digest("", file);
    String key = quick + "-" + own.blake3().substring(0, quick.length());
    digests.add(new Digest(key, own.blake3(), own.sha256()));
    return new Verdict(key, keys(candidates), true, false, digests);
  }

  private Digest digest(String key, FoundFile file) throws IOException {
    progress.more(file.stamp().size());
    if (file.parts() != null) {
      return new Digest(key, DiffusersFolder.blake3(file.parts(), hasher, progress::advance), null);
    }
    FileDigest digest = hasher.full(file.path(), progress::advance);
    return new Digest(key, digest.blake3(), digest.sha256());
  }
}
