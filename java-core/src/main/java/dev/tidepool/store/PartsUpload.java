package dev.tidepool.store;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Content;
import dev.tidepool.http.Reply;
import dev.tidepool.io.ParallelWork;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Sends a file to S3 in parts, several at a time. What broke off goes on with the parts that are
 * there: each is held against the file by its MD5 first. For one thread.
 */
final class PartsUpload {
  /** Above this a file goes in parts; S3 takes parts from 5 MiB on. */
  static final long PART = 8 << 20;

  private static final int MOST_PARTS = 10_000;
  private static final int AT_A_TIME = 4;

  private final S3 s3;
  private final StoreAddress.Bucket address;
  private final Parcel parcel;
  private final Path states;
  private final Path stateFile;
  private final LongConsumer sent;
  private final LongConsumer found;

  /**
   * For one file.
   *
   * @param states the folder that remembers what is under way to the address
   * @param sent hears of bytes as they go; from several threads
   * @param found hears of bytes that are there already
   */
  PartsUpload(
      S3 s3,
      StoreAddress.Bucket address,
      Parcel parcel,
      Path states,
      LongConsumer sent,
      LongConsumer found) {
    this.s3 = s3;
    this.address = address;
    this.parcel = parcel;
    this.states = states;
    this.stateFile = PushState.file(states, parcel);
    this.sent = sent;
    this.found = found;
  }

  /** One part of the file, numbered from 1. */
  private record Part(int number, long from, long length) {}

  /**
   * Sends what is not there yet, and has the parts joined.
   *
   * @param fresh whether nothing may be at the address
   * @param before what was there
   * @return what the store answered to that
   */
  Reply send(boolean fresh, Seen before) {
    NavigableMap<Integer, String> tags = new TreeMap<>();
    PushState state = underWay(tags).orElseGet(this::begin);
    Reply reply;
    try {
      List<Part> missing =
          parts(state.part()).stream().filter(part -> !tags.containsKey(part.number())).toList();
      List<String> sentTags =
          new ParallelWork("send the parts of " + parcel.file().getFileName(), AT_A_TIME)
              .with(missing, part -> send(part, state));
      for (int i = 0; i < missing.size(); i++) {
        tags.put(missing.get(i).number(), sentTags.get(i));
      }
      reply = complete(state, tags, fresh, before);
      if (!S3.isJoined(reply) && !S3.isInVain(reply)) {
        throw s3.failure(address, reply);
      }
    } catch (TidepoolException e) {
      throw PushState.read(stateFile).isPresent() ? goesOn(e, state) : e;
    }
    if (S3.isJoined(reply)) {
      PushState.forget(stateFile);
    } else {
      giveUp(state, stateFile);
      if (reply.isDone()) {
        throw s3.failure(address, reply);
      }
    }
    return reply;
  }

  private Optional<PushState> underWay(NavigableMap<Integer, String> tags) {
    for (Path other : PushState.all(states)) {
      if (!other.equals(stateFile)) {
        PushState.read(other).ifPresent(each -> giveUp(each, other));
      }
    }
    return PushState.read(stateFile)
        .filter(each -> each.isOf(parcel))
        .filter(
            each -> {
              Optional<NavigableMap<Integer, String>> listed = listed(each);
              listed.ifPresent(tags::putAll);
              return listed.isPresent();
            });
  }

  private PushState begin() {
    Reply reply =
        s3.ask(
            "POST",
            address,
            "uploads=",
            Map.of("Content-Type", "application/gzip", Seen.DIGEST, parcel.sha256()),
            Content.none(),
            bytes -> {});
    String upload = S3Xml.parse(reply.body()).first("UploadId");
    if (!reply.isDone() || upload.isEmpty()) {
      throw s3.failure(address, reply);
    }
    long mebibyte = 1 << 20;
    long least = (parcel.size() / MOST_PARTS / mebibyte + 1) * mebibyte;
    PushState state =
        new PushState(
            address.shown(), upload, Math.max(PART, least), parcel.size(), parcel.sha256());
    state.write(stateFile);
    return state;
  }

  private List<Part> parts(long length) {
    List<Part> parts = new ArrayList<>();
    for (long from = 0; from < parcel.size(); from += length) {
      parts.add(new Part(parts.size() + 1, from, Math.min(length, parcel.size() - from)));
    }
    return parts;
  }

  /**
   * The tags of the parts that are there as they should be.
   *
   * @return nothing when the store no longer knows the upload
   */
  private Optional<NavigableMap<Integer, String>> listed(PushState state) {
    NavigableMap<Integer, String> there = new TreeMap<>();
    String marker = "";
    do {
      String more = marker.isEmpty() ? "" : "&part-number-marker=" + UriText.encoded(marker);
      Reply reply = s3.ask("GET", address, upload(state) + more);
      if (reply.status() == 404) {
        PushState.forget(stateFile);
        return Optional.empty();
      }
      if (!reply.isDone()) {
        throw s3.failure(address, reply);
      }
      S3Xml xml = S3Xml.parse(reply.body());
      List<String> numbers = xml.all("Part/PartNumber");
      List<String> tags = xml.all("Part/ETag");
      for (int i = 0; i < Math.min(numbers.size(), tags.size()); i++) {
        if (numbers.get(i).matches("[0-9]{1,5}")) {
          there.put(Integer.parseInt(numbers.get(i)), tags.get(i));
        }
      }
      String next = xml.first("NextPartNumberMarker");
      boolean forward = xml.first("IsTruncated").equals("true") && !next.equals(marker);
      marker = forward ? next : "";
    } while (!marker.isEmpty());
    return Optional.of(right(there, state));
  }

  private NavigableMap<Integer, String> right(
      NavigableMap<Integer, String> there, PushState state) {
    NavigableMap<Integer, String> right = new TreeMap<>();
    for (Part part : parts(state.part())) {
      String tag = there.getOrDefault(part.number(), "");
      if (tag.replace("\"", "").equals(HexFormat.of().formatHex(md5(part)))) {
        right.put(part.number(), tag);
        found.accept(part.length());
      }
    }
    return right;
  }

  private byte[] md5(Part part) {
    return StorageFailures.translate("read " + parcel.file(), () -> readMd5(part));
  }

  private byte[] readMd5(Part part) throws IOException {
    MessageDigest md5 = Parcel.beginMd5();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = content(part).open()) {
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        md5.update(buffer, 0, count);
      }
    }
    return md5.digest();
  }

  private Content content(Part part) {
    return Content.of(parcel.file(), part.from(), part.length());
  }

  private String send(Part part, PushState state) {
    Reply reply =
        s3.ask(
            "PUT",
            address,
            "partNumber=" + part.number() + "&" + upload(state),
            Map.of("Content-MD5", Base64.getEncoder().encodeToString(md5(part))),
            content(part),
            sent);
    if (reply.status() == 404) {
      // The store knows the upload no longer.
      PushState.forget(stateFile);
    }
    return reply
        .head()
        .header("ETag")
        .filter(tag -> reply.isDone())
        .orElseThrow(() -> s3.failure(address, reply));
  }

  private Reply complete(
      PushState state, NavigableMap<Integer, String> tags, boolean fresh, Seen before) {
    Map<String, String> headers =
        fresh
            ? Map.of("Content-Type", "application/xml", "If-None-Match", "*")
            : Map.of("Content-Type", "application/xml");
    Reply reply =
        s3.ask(
            "POST",
            address,
            upload(state),
            headers,
            Content.of(S3Xml.completion(tags)),
            bytes -> {});
    if (fresh && S3Store.cannotBeAsked(reply)) {
      before.requireNothing(address.shown());
      return complete(state, tags, false, before);
    }
    return reply;
  }

  /** Has the store forget what came, so that it costs nobody anything; else it stays known here. */
  private void giveUp(PushState state, Path file) {
    String reason;
    try {
      Reply reply = s3.ask("DELETE", address, upload(state));
      if (reply.isDone() || reply.status() == 404) {
        PushState.forget(file);
        return;
      }
      reason = s3.failure(address, reply).code();
    } catch (TidepoolException e) {
      reason = e.code();
    }
    System.getLogger("dev.tidepool.store")
        .log(
            System.Logger.Level.WARNING,
            "parts stay in the store address={0} upload={1} reason={2}",
            address.shown(),
            state.upload(),
            reason);
  }

  private static String upload(PushState state) {
    return "uploadId=" + UriText.encoded(state.upload());
  }

  private TidepoolException goesOn(TidepoolException e, PushState state) {
    List<String> hints = new ArrayList<>(e.hints());
    hints.remove(StoreFailures.AGAIN);
    hints.add(
        "The same command goes on from where it stopped. Until then the store keeps the parts that"
            + " came.");
    hints.add(
        "To give it up: aws s3api abort-multipart-upload"
            + s3.settings().endpoint().map(uri -> " --endpoint-url " + quoted(uri)).orElse("")
            + " --bucket "
            + address.bucket()
            + " --key "
            + quoted(address.key())
            + " --upload-id "
            + quoted(state.upload()));
    return new TidepoolException(e, e.kind(), e.code(), e.text(), hints.toArray(String[]::new));
  }

  /** As a shell takes it for one word. */
  private static String quoted(Object word) {
    return "'" + word.toString().replace("'", "'\\''") + "'";
  }
}
