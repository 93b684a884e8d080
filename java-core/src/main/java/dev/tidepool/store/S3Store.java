package dev.tidepool.store;

import dev.tidepool.http.Content;
import dev.tidepool.http.Reply;
import dev.tidepool.io.SharedSteps;
import dev.tidepool.io.Steps;
import dev.tidepool.store.Seen.State;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Buckets of S3, and of what speaks like it.
 *
 * @param states remembers uploads to the address that are under way
 */
record S3Store(S3 s3, Path states, Steps steps) {
  /** Sends a file. */
  Pushed push(StoreAddress.Bucket address, Parcel parcel, boolean replaces) {
    Seen before = s3.look(address);
    Optional<Pushed> instead =
        new Comparison(s3.http(), steps)
            .instead(before, parcel, s3.settings().uri(address), address.shown(), replaces);
    if (instead.isPresent()) {
      return instead.get();
    }
    steps.begin("Sending " + parcel.file().getFileName());
    steps.total(parcel.size());
    AtomicLong sent = new AtomicLong();
    Steps shared = new SharedSteps(steps);
    LongConsumer count =
        bytes -> {
          sent.addAndGet(bytes);
          shared.advance(bytes);
        };
    Reply reply =
        parcel.size() > PartsUpload.PART
            ? new PartsUpload(s3, address, parcel, states, count, shared::advance)
                .send(!replaces, before)
            : whole(address, parcel, !replaces, before, count);
    if (!reply.isDone()) {
      requireSame(address, parcel, reply);
    }
    s3.look(address).requireSent(parcel, address.shown());
    return new Pushed(address.shown(), parcel.size(), parcel.sha256(), sent.get(), false);
  }

  private Reply whole(
      StoreAddress.Bucket address, Parcel parcel, boolean fresh, Seen before, LongConsumer count) {
    byte[] md5 = HexFormat.of().parseHex(parcel.md5());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/gzip");
    headers.put("Content-MD5", Base64.getEncoder().encodeToString(md5));
    headers.put(Seen.DIGEST, parcel.sha256());
    if (fresh) {
      headers.put("If-None-Match", "*");
    }
    Content content = Content.of(parcel.file(), 0, parcel.size());
    Reply reply = s3.ask("PUT", address, "", headers, content, count);
    if (fresh && cannotBeAsked(reply)) {
      before.requireNothing(address.shown());
      return whole(address, parcel, false, before, count);
    }
    return reply;
  }

  /** Whether a store does not know {@code If-None-Match}. */
  static boolean cannotBeAsked(Reply reply) {
    return reply.status() == 501
        || S3Xml.parse(reply.body()).first("Code").equals("NotImplemented");
  }

  /** An attempt whose answer got lost may have been what is there now. */
  private void requireSame(StoreAddress.Bucket address, Parcel parcel, Reply reply) {
    boolean maybe = reply.status() == 412 || reply.status() == 404 || reply.status() == 409;
    if (!maybe) {
      throw s3.failure(address, reply);
    }
    Seen now = s3.look(address);
    if (now.state() == State.THERE && isSame(now, parcel, address)) {
      return;
    }
    throw reply.status() == 404 ? s3.failure(address, reply) : StoreFailures.taken(address.shown());
  }

  private boolean isSame(Seen seen, Parcel parcel, StoreAddress.Bucket address) {
    return new Comparison(s3.http(), steps).isSame(seen, parcel, s3.settings().uri(address));
  }
}
