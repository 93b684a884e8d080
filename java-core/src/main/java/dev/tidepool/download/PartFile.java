package dev.tidepool.download;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Blake3;
import dev.tidepool.hash.FileDigest;
import dev.tidepool.hash.Sha256;
import dev.tidepool.http.Answer;
import dev.tidepool.http.Target;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that came so far. It is hashed while it comes in; what an earlier run left is
 * hashed first. Only one process at a time has it. For one thread.
 */
final class PartFile implements Target, AutoCloseable {
  private static final int BUFFER = 1 << 20;
  private static final long FORWARD = 1 << 20;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

  private final WantedFile wanted;
  private final Path part;
  private final FileChannel channel;
  private final FileProgress progress;
  private MessageDigest sha256 = Sha256.begin();
  private Blake3 blake3 = new Blake3();
  private Sidecar known;
  private URI address;
  private long position;
  private long furthest;
  private boolean joined;
  private boolean whole;

  private PartFile(
      WantedFile wanted, Path part, FileChannel channel, Sidecar known, FileProgress progress) {
    this.wanted = wanted;
    this.part = part;
    this.channel = channel;
    this.known = known;
    this.progress = progress;
    this.address = wanted.addresses().get(0);
  }

  /**
   * Opens what there is of a file.
   *
   * @param vouched whether its content shows by itself that it is whole and right
   * @throws TidepoolException {@code download-under-way} when another process downloads it
   */
  static PartFile open(WantedFile wanted, boolean vouched, FileProgress progress)
      throws IOException {
    Path part = Sidecar.part(wanted);
    FileChannel channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (!isLocked(channel)) {
        throw new TidepoolException(
            ErrorKind.CONFLICT,
            "download-under-way",
            "Another program downloads " + wanted.target() + " right now.",
            "Wait until it is done, then try again.");
      }
      PartFile opened = new PartFile(wanted, part, channel, Sidecar.read(part), progress);
      opened.takeUp(vouched);
      return opened;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  static boolean isLocked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * Hashes what an earlier run left. A crash of the machine can leave bytes that were never
   * written; so without anything that would show it in the end, nothing is taken up.
   */
  private void takeUp(boolean vouched) throws IOException {
    boolean told = wanted.isKnown() || (vouched && known.isStateOf(address));
    boolean usable = told && (wanted.size() < 0 || channel.size() <= wanted.size());
    if (!usable) {
      channel.truncate(0);
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    while (channel.read(buffer, position) > 0) {
      digest(buffer.array(), 0, buffer.position());
      progress.advance(buffer.position());
      position += buffer.position();
      buffer.clear();
    }
    joined = position > 0;
  }

  /** From now on it comes from there. */
  void from(URI next) {
    address = next;
    furthest = 0;
  }

  @Override
  public void attempted() {
    furthest = Math.max(furthest, position);
  }

  /** Whether nothing more has to come, as far as the size tells. */
  boolean isWhole() {
    return whole || (position > 0 && position == wanted.size());
  }

  /** Whether it holds bytes of an earlier run or another address. */
  boolean isJoined() {
    return joined;
  }

  /** Forgets all that came. */
  void begin() throws IOException {
    beginAnew();
    furthest = 0;
  }

  private void beginAnew() throws IOException {
    channel.truncate(0);
    progress.advance(-position);
    position = 0;
    joined = false;
    whole = false;
    known = Sidecar.NONE;
    sha256 = Sha256.begin();
    blake3 = new Blake3();
  }

  @Override
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept-Encoding", "identity");
    boolean same = known.isStateOf(address);
    if (position > 0 && (same || wanted.isKnown())) {
      headers.put("Range", "bytes=" + position + "-");
      if (same) {
        headers.put("If-Range", known.validator());
      }
    }
    return headers;
  }

  @Override
  public OutputStream open(Answer answer) throws IOException {
    long size = answer.length();
    if (answer.status() == 206) {
      joined = true;
      size = rest(answer);
    } else {
      beginAnew();
    }
    if (wanted.size() >= 0 && size >= 0 && size != wanted.size()) {
      throw DownloadFailures.wrong(address, "it has " + size + " bytes, not " + wanted.size());
    }
    known = Sidecar.of(address, validator(answer), size);
    known.write(part);
    progress.expect(size);
    return new Writing();
  }

  /** The whole size, of an answer that goes on where this ends. */
  private long rest(Answer answer) {
    Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range").orElse(""));
    if (!range.matches() || Long.parseLong(range.group(1)) != position) {
      throw DownloadFailures.wrong(address, "it is another part than the one asked for");
    }
    return range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
  }

  private static String validator(Answer answer) {
    Optional<String> tag = answer.header("ETag").filter(text -> text.startsWith("\""));
    return tag.or(() -> answer.header("Last-Modified")).orElse("");
  }

  @Override
  public boolean askDifferently() {
    if (position == 0) {
      return false;
    }
    try {
      beginAnew();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public boolean cameForward() {
    // What a server without ranges sends once more is nothing new.
    return position - furthest >= FORWARD;
  }

  /** All that the server had to send came. */
  void end(URI uri) {
    long size = wanted.size() >= 0 ? wanted.size() : known.size();
    if (size >= 0 && position != size) {
      throw DownloadFailures.wrong(uri, "it ends after " + position + " bytes of " + size);
    }
    whole = true;
  }

  /** What came, as it is on the device from now on. */
  FileDigest digest() throws IOException {
    channel.force(true);
    return new FileDigest(
        position, HexFormat.of().formatHex(blake3.digest()), Sha256.end(copy(sha256)));
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 can be copied", e);
    }
  }

  Path file() {
    return part;
  }

  /** Takes the files away; it is closed by then or not. */
  void discard() {
    discard(part);
  }

  static void discard(Path part) {
    Folders.deleteQuietly(part);
    Folders.deleteQuietly(Sidecar.of(part));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void digest(byte[] bytes, int offset, int length) {
    sha256.update(bytes, offset, length);
    blake3.update(bytes, offset, length);
  }

  /** Adds to the part. */
  private final class Writing extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (wanted.size() >= 0 && position + length > wanted.size()) {
        throw DownloadFailures.wrong(address, "it is longer than " + wanted.size() + " bytes");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      long at = position;
      while (buffer.hasRemaining()) {
        at += channel.write(buffer, at);
      }
      digest(bytes, offset, length);
      position = at;
      progress.advance(length);
    }
  }
}
