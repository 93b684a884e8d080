package dev.tidepool.store;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.http.Answer;
import dev.tidepool.http.Http;
import dev.tidepool.http.Target;
import dev.tidepool.io.Steps;
import dev.tidepool.store.Seen.State;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Tells whether a file is what is at an address; by reading it there, where nothing else tells. */
record Comparison(Http http, Steps steps) {
  /**
   * What is to be said when there is nothing to send.
   *
   * @param replaces whether another file there may go
   * @throws TidepoolException {@code store-taken} when another file is there, and may not
   */
  Optional<Pushed> instead(Seen before, Parcel parcel, URI uri, String shown, boolean replaces) {
    boolean there = before.state() == State.THERE;
    if (!there || (replaces && !before.is(parcel).orElse(false))) {
      return Optional.empty();
    }
    if (!isSame(before, parcel, uri)) {
      throw StoreFailures.taken(shown);
    }
    return Optional.of(Pushed.before(shown, parcel));
  }

  boolean isSame(Seen seen, Parcel parcel, URI uri) {
    return seen.is(parcel).orElseGet(() -> isRead(parcel, uri));
  }

  private boolean isRead(Parcel parcel, URI uri) {
    steps.begin("Comparing with what is there");
    steps.total(parcel.size());
    Reading reading = new Reading();
    try {
      return http.get(uri, parcel.size(), reading)
          && Sha256.end(reading.digest).equals(parcel.sha256());
    } catch (TidepoolException e) {
      // What is refused once it comes is longer.
      if (reading.came && e.kind() == ErrorKind.FORBIDDEN) {
        return false;
      }
      throw e;
    }
  }

  private final class Reading implements Target {
    private MessageDigest digest = Sha256.begin();
    private boolean came;

    @Override
    public OutputStream open(Answer answer) throws IOException {
      digest = Sha256.begin();
      came = true;
      return new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    }

    @Override
    public void received(int bytes) {
      steps.advance(bytes);
    }
  }
}
