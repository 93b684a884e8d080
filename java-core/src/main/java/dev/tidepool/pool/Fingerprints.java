package dev.tidepool.pool;

import dev.tidepool.io.FileStamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Texts that are equal for equal content, whatever the files' times and the machine. */
final class Fingerprints {
  private Fingerprints() {}

  /** The whole pool: images, masks, labels, order, enabled slots, active slot; 64 hex digits. */
  static String of(PoolFolder folder, PoolFolder.Listing listing) throws IOException {
    List<String> parts = new ArrayList<>();
    parts.add(String.valueOf(listing.state().activeAmong(listing::usable)));
    for (StoredSlot slot : listing.state().slots()) {
      if (listing.present().containsKey(slot.name())) {
        parts.add(slot.name());
        parts.add(slot.shownLabel());
        parts.add(Boolean.toString(slot.enabled()));
        parts.add(of(folder, slot.name()));
      }
    }
    MessageDigest digest = Digests.sha256();
    parts.forEach(part -> digest.update((part + "\0").getBytes(StandardCharsets.UTF_8)));
    return Digests.hex(digest);
  }

  /** One image and its mask: their digests, joined by a plus sign. */
  static String of(PoolFolder folder, String name) throws IOException {
    List<String> news = new ArrayList<>();
    List<String> digests = new ArrayList<>();
    for (String file : List.of(name, "masks/" + name + ".png")) {
      boolean elsewhere = !file.equals(name) && !folder.hasOwnMasks();
      Optional<FileStamp> stamp =
          elsewhere ? Optional.empty() : FileStamp.of(folder.path().resolve(file));
      digests.add(stamp.isPresent() ? folder.facts().sha256(file, stamp.get(), news) : "none");
    }
    folder.facts().keep(news);
    return String.join("+", digests);
  }
}
