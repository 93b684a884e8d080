package dev.tidepool.download;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.FileDigest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What came of a file.
 *
 * @param file where it is now: the target, or a free name beside it when another file has that
 * @param digest what its content comes to
 * @param failure why it is not there
 */
public record DownloadOutcome(
    WantedFile wanted,
    Optional<Path> file,
    Optional<FileDigest> digest,
    Optional<TidepoolException> failure) {
  static DownloadOutcome done(WantedFile wanted, Path file, FileDigest digest) {
    return new DownloadOutcome(wanted, Optional.of(file), Optional.of(digest), Optional.empty());
  }

  static DownloadOutcome failed(WantedFile wanted, TidepoolException failure) {
    return new DownloadOutcome(wanted, Optional.empty(), Optional.empty(), Optional.of(failure));
  }
}
