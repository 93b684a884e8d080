package dev.tidepool.store;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Answer;
import dev.tidepool.http.Content;
import dev.tidepool.http.Http;
import dev.tidepool.http.Outgoing;
import dev.tidepool.http.Reply;
import dev.tidepool.http.Target;
import dev.tidepool.io.Steps;
import dev.tidepool.store.Seen.State;
import java.io.OutputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A web server that takes files by {@code PUT} (RFC 9110, section 9.3.4), WebDAV or not. */
record WebStore(Http http, Steps steps) {
  /** Sends a file. */
  Pushed push(StoreAddress.Web address, Parcel parcel, boolean replaces) {
    URI uri = address.uri();
    // Many servers do not heed If-None-Match.
    Seen before = replaces ? look(uri) : seen(address);
    Comparison comparison = new Comparison(http, steps);
    Optional<Pushed> instead = comparison.instead(before, parcel, uri, address.shown(), replaces);
    if (instead.isPresent()) {
      return instead.get();
    }
    steps.begin("Sending " + parcel.file().getFileName());
    steps.total(parcel.size());
    AtomicLong sent = new AtomicLong();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/gzip");
    if (!replaces) {
      headers.put("If-None-Match", "*");
    }
    Reply reply =
        http.send(
            new Outgoing(
                "PUT",
                uri,
                headers,
                Content.of(parcel.file(), 0, parcel.size()),
                bytes -> {
                  sent.addAndGet(bytes);
                  steps.advance(bytes);
                }));
    // An attempt whose answer got lost may have been what is there now.
    boolean late = reply.status() == 412 && !replaces && comparison.isSame(look(uri), parcel, uri);
    if (reply.status() == 412 && !late) {
      throw StoreFailures.taken(address.shown());
    }
    if (!reply.isDone() && !late) {
      throw StoreFailures.answered(address.shown(), reply.status());
    }
    look(uri).requireSent(parcel, address.shown());
    return new Pushed(address.shown(), parcel.size(), parcel.sha256(), sent.get(), false);
  }

  /**
   * What is there; where {@code HEAD} is refused, the first byte is asked for.
   *
   * @throws TidepoolException {@code store-hidden} when that is refused too
   */
  private Seen seen(StoreAddress.Web address) {
    Seen seen = look(address.uri());
    if (seen.state() != State.HIDDEN) {
      return seen;
    }
    FirstByte first = new FirstByte();
    try {
      if (!http.get(address.uri(), 1, first)) {
        return Seen.none(State.NOTHING);
      }
    } catch (TidepoolException e) {
      if (!first.came && e.kind() == ErrorKind.FORBIDDEN) {
        throw StoreFailures.hidden(address.shown());
      }
      if (!first.came) {
        throw e;
      }
    }
    return Seen.none(State.THERE);
  }

  /** Some servers give more than they are asked for; that something is there is enough. */
  private static final class FirstByte implements Target {
    private boolean came;

    @Override
    public OutputStream open(Answer answer) {
      came = true;
      return OutputStream.nullOutputStream();
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("Range", "bytes=0-0");
    }
  }

  private Seen look(URI uri) {
    Reply reply = http.send(Outgoing.of("HEAD", uri, Map.of("Accept-Encoding", "identity")));
    if (reply.status() == 401) {
      throw StoreFailures.answered(Http.shown(uri), reply.status());
    }
    return Seen.of(reply.head());
  }
}
