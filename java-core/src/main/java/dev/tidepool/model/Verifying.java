package dev.tidepool.model;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.io.Progress;
import dev.tidepool.model.FoundFile.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads files again and compares them with the index: by their full BLAKE3 where the index has it,
 * else by their quick key.
 */
final class Verifying {
  static final String OTHER_SIZE = "its size is another one";
  static final String OTHER_CONTENT = "its content is another one";
  static final String NO_FOLDER = "it is no folder of the diffusers library any more";

  private final FileHasher hasher;
  private final Progress progress;

  Verifying(int threads, Progress progress) {
    this.hasher = new FileHasher(threads);
    this.progress = progress;
  }

  List<Verification> run(List<IndexedFile> files) {
    long total = 0;
    for (IndexedFile file : files) {
      total += bytes(file);
    }
    progress.total(total);
    List<Verification> results = new ArrayList<>();
    for (IndexedFile file : files) {
      if (!file.missing()) {
        results.add(new Verification(file, reason(file)));
      }
    }
    return results;
  }

  private static long bytes(IndexedFile file) {
    if (file.missing()) {
      return 0;
    }
    return file.blake3() != null ? file.size() : Math.min(file.size(), 3L * 15 * 1024 * 1024);
  }

  private String reason(IndexedFile file) {
    try {
      return file.folder() ? reasonOfFolder(file) : reasonOfFile(file);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new TidepoolException(
            e, ErrorKind.STOPPED, "stopped", "Stopped before every file was read.");
      }
      return Reasons.of(e);
    }
  }

  private String reasonOfFile(IndexedFile file) throws IOException {
    Path path = file.path();
    if (Files.size(path) != file.size()) {
      return OTHER_SIZE;
    }
    if (file.blake3() != null) {
      return compare(file.blake3(), hasher.blake3(path, progress::advance));
    }
    String quick = hasher.quick(path);
    progress.advance(bytes(file));
    return compare(file.key(), quick);
  }

  private String reasonOfFolder(IndexedFile file) throws IOException {
    @Nullable List<Part> parts = Walk.folder(file.path()).parts();
    if (parts == null || parts.isEmpty()) {
      return NO_FOLDER;
    }
    return file.blake3() != null
        ? compare(file.blake3(), DiffusersFolder.blake3(parts, hasher, progress::advance))
        : compare(file.key(), DiffusersFolder.quick(parts, hasher, progress::advance));
  }

  private static String compare(String expected, String found) {
    return expected.startsWith(found) ? "" : OTHER_CONTENT;
  }
}
