package dev.tidepool.download;

import dev.tidepool.http.Http;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.http.PublicAddresses;
import dev.tidepool.http.Tokens;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Downloads one file in a process of its own, and says what came of it. */
public final class DownloadWorker {
  private DownloadWorker() {}

  /** Takes the address, the folder, and the SHA-256 if it is known. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    WantedFile wanted =
        new WantedFile(
            List.of(URI.create(arguments[0])),
            folder.resolve("sea.safetensors"),
            -1,
            arguments.length > 2 ? Optional.of(arguments[2]) : Optional.empty(),
            Optional.empty());
    HttpPatience patience =
        new HttpPatience(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), 1);
    Http http =
        new Http(
            patience,
            length -> {},
            PublicAddresses.of(true),
            new DownloadFailures(),
            Tokens.none());
    Steps steps =
        new Steps() {
          @Override
          public void advance(long units) {
            System.out.println("got " + units);
          }
        };
    try {
      Downloads downloads =
          new Downloads(http, folder.resolveSibling("downloads"), new StoreLocks());
      DownloadOutcome outcome = downloads.fetch(List.of(wanted), steps).get(0);
      System.out.println(outcome.failure().map(e -> e.code()).orElse("done"));
    } catch (dev.tidepool.error.TidepoolException e) {
      System.out.println(e.code());
    }
  }
}
