package dev.tidepool.store;

import dev.tidepool.download.DownloadOutcome;
import dev.tidepool.download.Downloads;
import dev.tidepool.download.WantedFile;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Answer;
import dev.tidepool.http.Http;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Gets a bundle from an address into the cache.
 *
 * @param http with the rule for downloads
 */
record Fetching(Http http, Downloads downloads, Steps steps) {
  Fetched fetch(URI uri, Arrival arrival) throws IOException {
    Optional<Answer> head = head(uri);
    String tag = head.flatMap(each -> each.header("ETag")).filter(Fetching::isStrong).orElse("");
    long size = head.map(Answer::length).orElse(-1L);
    if (arrival.isHere(tag, size)) {
      return new Fetched(arrival);
    }
    arrival.drop();
    Optional<String> sha256 = head.map(Seen::of).flatMap(Seen::sha256);
    steps.note(
        arrival.file().getFileName()
            + ": "
            + (size < 0 ? "the server does not say how large it is" : size + " bytes")
            + "; free: "
            + Files.getFileStore(arrival.file().getParent()).getUsableSpace()
            + " bytes.");
    WantedFile wanted =
        new WantedFile(List.of(uri), arrival.file(), size, sha256, Optional.empty());
    DownloadOutcome outcome = downloads.fetchVouched(wanted, steps);
    if (outcome.failure().isPresent()) {
      throw outcome.failure().get();
    }
    arrival.keep(tag);
    return new Fetched(arrival);
  }

  /** Some servers, and every address that is signed for GET, refuse to be asked for the head. */
  private Optional<Answer> head(URI uri) {
    try {
      return http.head(uri);
    } catch (TidepoolException e) {
      if (e.code().equals("download-refused")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isStrong(String tag) {
    return tag.startsWith("\"");
  }
}
