package dev.tidepool.download;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.FileDigest;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.http.Http;
import dev.tidepool.io.Folders;
import dev.tidepool.io.FreeNames;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gets one file: from one address after the other, until one gives what is wanted. */
final class Fetching {
  /** Of a file whose size nobody said. */
  private static final long LARGEST = 1L << 40;

  private final Http http;
  private final WantedFile wanted;
  private final boolean vouched;
  private final Steps steps;

  /**
   * For one file.
   *
   * @param vouched whether its content shows by itself that it is whole and right
   */
  Fetching(Http http, WantedFile wanted, boolean vouched, Steps steps) {
    this.http = http;
    this.wanted = wanted;
    this.vouched = vouched;
    this.steps = steps;
  }

  DownloadOutcome run() {
    return StorageFailures.translate(
        "download " + wanted.target(),
        () -> {
          Optional<DownloadOutcome> there = there(wanted.target());
          if (there.isPresent()) {
            return there.get();
          }
          Files.createDirectories(wanted.folder());
          return fetch();
        });
  }

  /**
   * Takes away what an earlier run left of a file, unless another process has it.
   *
   * @return whether there was something
   */
  static boolean clear(WantedFile wanted) throws IOException {
    Path part = Sidecar.part(wanted);
    if (!Folders.isThere(part) && !Folders.isThere(Sidecar.of(part))) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      boolean ours = PartFile.isLocked(channel);
      if (ours) {
        PartFile.discard(part);
      }
      return ours;
    }
  }

  /** The file itself may be there already, told by its content. */
  private Optional<DownloadOutcome> there(Path file) throws IOException {
    boolean possible =
        wanted.isKnown()
            && Files.isRegularFile(file)
            && (wanted.size() < 0 || wanted.size() == Files.size(file));
    if (!possible) {
      return Optional.empty();
    }
    FileDigest digest = new FileHasher(1).full(file, bytes -> {});
    return difference(digest).isEmpty()
        ? Optional.of(DownloadOutcome.done(wanted, file, digest))
        : Optional.empty();
  }

  private DownloadOutcome fetch() throws IOException {
    FileProgress progress = new FileProgress(steps, wanted.name(), wanted.size());
    List<TidepoolException> failures = new ArrayList<>();
    try (PartFile part = PartFile.open(wanted, vouched, progress)) {
      for (URI address : wanted.addresses()) {
        try {
          FileDigest digest = from(address, part);
          Path file = FreeNames.take(part.file(), wanted.target(), name -> there(name).isPresent());
          part.discard();
          return DownloadOutcome.done(wanted, file, digest);
        } catch (TidepoolException e) {
          if (!DownloadFailures.isOfAddress(e)) {
            throw e;
          }
          failures.add(e);
          steps.note(e.text());
        }
      }
      if (failures.stream().allMatch(each -> each.code().equals("download-wrong"))) {
        part.discard();
      }
    }
    return DownloadOutcome.failed(wanted, DownloadFailures.all(wanted, failures));
  }

  private FileDigest from(URI address, PartFile part) throws IOException {
    part.from(address);
    try {
      get(address, part);
    } catch (TidepoolException e) {
      if (!e.code().equals("download-wrong") || !part.isJoined()) {
        throw e;
      }
      part.begin();
      get(address, part);
    }
    FileDigest digest = part.digest();
    Optional<String> difference = difference(digest);
    if (difference.isPresent() && part.isJoined()) {
      // What was there before may be what is wrong.
      part.begin();
      get(address, part);
      digest = part.digest();
      difference = difference(digest);
    }
    if (difference.isPresent()) {
      part.begin();
      throw DownloadFailures.wrong(address, difference.get());
    }
    return digest;
  }

  private void get(URI address, PartFile part) {
    if (part.isWhole()) {
      return;
    }
    long largest = wanted.size() >= 0 ? wanted.size() : LARGEST;
    if (!http.get(address, largest, part)) {
      throw DownloadFailures.notFound(address);
    }
    part.end(address);
  }

  private Optional<String> difference(FileDigest digest) {
    if (wanted.size() >= 0 && wanted.size() != digest.size()) {
      return Optional.of("it has " + digest.size() + " bytes, not " + wanted.size());
    }
    if (wanted.sha256().filter(digits -> !digits.equals(digest.sha256())).isPresent()) {
      return Optional.of("its SHA-256 is " + digest.sha256());
    }
    if (wanted.blake3().filter(digits -> !digits.equals(digest.blake3())).isPresent()) {
      return Optional.of("its BLAKE3 is " + digest.blake3());
    }
    return Optional.empty();
  }
}
