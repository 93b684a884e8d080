package dev.tidepool.bundle;

import dev.tidepool.hash.Sha256;
import dev.tidepool.io.MemberNames;
import dev.tidepool.io.MemberTree;
import dev.tidepool.io.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a bundle member by member, counts and digests each, and refuses what no bundle has:
 * names that would leave the folder, links and devices, a git repository, a name twice or in two
 * spellings, more than is sensible, and whatever is not what the manifest says. For one bundle.
 */
final class BundleScan implements TarGzReader.Visitor {
  private static final int MOST_MEMBERS = 100_000;
  private static final int LONGEST_PART = 255;
  private static final long HARMLESS_BYTES = 64L << 20;
  private static final long MOST_RATIO = 100;
  private static final int LARGEST_MANIFEST = 64 << 20;
  private static final int LARGEST_SIGNATURE = 1 << 16;
  private static final int BUFFER = 1 << 17;

  private final long packed;
  private final Sink sink;
  private final Refusal refusal;
  private final Progress progress;
  private final MemberTree names = new MemberTree();
  private final List<BundleMember> members = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private final byte[] buffer = new byte[BUFFER];
  private byte @Nullable [] manifestBytes;
  private @Nullable BundleManifest manifest;
  private @Nullable BundleSignature signature;
  private int entries;
  private long bytes;

  /** Takes the content of members. */
  interface Sink {
    /** Hears what the bundle says of itself, before its members when it stands before them. */
    default void expect(BundleManifest manifest) throws IOException {}

    /** Where the content of a member goes; the caller closes it. */
    OutputStream open(String name) throws IOException;
  }

  /**
   * For one bundle.
   *
   * @param packed its size in bytes
   * @param progress hears of bytes of content
   */
  BundleScan(long packed, Sink sink, Refusal refusal, Progress progress) {
    this.packed = packed;
    this.sink = sink;
    this.refusal = refusal;
    this.progress = progress;
  }

  @Override
  public void folder(String name) {
    String clean = name(name);
    if (!clean.isEmpty()) {
      enter(clean, true);
    }
  }

  @Override
  public void other(String name) {
    count();
    throw refusal.holds("archive-entry-link", "a link or a device", name);
  }

  @Override
  public void file(String rawName, InputStream content) throws IOException {
    String name = name(rawName);
    if (name.isEmpty()) {
      throw refusal.holds("archive-entry-unsafe", "a file without a name", rawName);
    }
    enter(name, false);
    if (name.equals(BundleManifest.MEMBER)) {
      byte[] json = small(content, LARGEST_MANIFEST, name);
      manifestBytes = json;
      BundleManifest read = BundleManifest.parse(json);
      manifest = read;
      progress.total(read.members().stream().mapToLong(BundleMember::size).sum());
      sink.expect(read);
    } else if (name.equals(BundleSignature.MEMBER)) {
      signature = BundleSignature.parse(small(content, LARGEST_SIGNATURE, name));
    } else if (Places.isKnown(name)) {
      try (OutputStream out = sink.open(name)) {
        members.add(copied(name, content, out));
      }
    } else {
      ignored.add(name);
      members.add(copied(name, content, OutputStream.nullOutputStream()));
    }
  }

  /** What was found, when everything is as the manifest says. */
  BundleContents finish() {
    if (manifest == null) {
      if (signature != null) {
        throw refusal.damaged("is signed, but lacks a member", BundleManifest.MEMBER);
      }
      if (members.stream().noneMatch(member -> member.path().equals("pyproject.toml"))) {
        throw refusal.noBundle("holds neither a manifest.json nor a pyproject.toml");
      }
    } else {
      compare(manifest);
    }
    if (signature != null && manifestBytes != null) {
      Signing.requireFits(signature, manifestBytes);
    }
    return new BundleContents(
        Optional.ofNullable(manifest), Optional.ofNullable(signature), members, ignored, packed);
  }

  private void compare(BundleManifest claimed) {
    Map<String, BundleMember> found = new HashMap<>();
    members.forEach(member -> found.put(member.path(), member));
    for (BundleMember claim : claimed.members()) {
      BundleMember member = found.remove(claim.path());
      if (member == null) {
        throw refusal.damaged("lacks a member", claim.path());
      }
      // Asking the record whether it equals makes the JVM write that first, which takes a while.
      if (member.size() != claim.size() || !member.sha256().equals(claim.sha256())) {
        throw refusal.damaged("holds a member that is another than it says", claim.path());
      }
    }
    Set<String> unexpected = new TreeSet<>(found.keySet());
    if (!unexpected.isEmpty()) {
      throw refusal.damaged("holds a member that it does not say", unexpected.iterator().next());
    }
  }

  private void count() {
    if (++entries > MOST_MEMBERS) {
      throw refusal.tooLarge(
          "archive-too-many-entries", "has more than " + MOST_MEMBERS + " members");
    }
  }

  private String name(String raw) {
    count();
    String name = raw;
    while (name.startsWith("./")) {
      name = name.substring(2);
    }
    while (name.endsWith("/")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.isEmpty() && raw.startsWith("./")) {
      return name;
    }
    if (!MemberNames.isSafe(name) || hasLongPart(name)) {
      throw refusal.holds("archive-entry-unsafe", "a member that would leave its place", raw);
    }
    if (MemberNames.isGit(name)) {
      throw refusal.holds("archive-entry-git", "a git repository of its own", name);
    }
    return name;
  }

  private static boolean hasLongPart(String name) {
    for (String part : name.split("/", -1)) {
      if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART) {
        return true;
      }
    }
    return false;
  }

  private void enter(String name, boolean folder) {
    if (!names.enter(name, folder)) {
      throw refusal.holds("archive-entry-duplicate", "a name twice", name);
    }
  }

  private byte[] small(InputStream content, int largest, String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int read = content.read(buffer);
    while (read >= 0) {
      bytes += read;
      if (out.size() + read > largest) {
        throw refusal.tooLarge("archive-bomb", "has a " + name + " larger than any bundle's");
      }
      out.write(buffer, 0, read);
      read = content.read(buffer);
    }
    return out.toByteArray();
  }

  private BundleMember copied(String name, InputStream content, OutputStream out)
      throws IOException {
    MessageDigest digest = Sha256.begin();
    long size = 0;
    int read = content.read(buffer);
    while (read >= 0) {
      size += read;
      bytes += read;
      if (bytes > HARMLESS_BYTES && bytes / MOST_RATIO > packed) {
        throw refusal.tooLarge("archive-bomb", "would unpack to suspiciously much");
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while reading a bundle");
      }
      digest.update(buffer, 0, read);
      out.write(buffer, 0, read);
      progress.advance(read);
      read = content.read(buffer);
    }
    return new BundleMember(name, size, Sha256.end(digest));
  }
}
