package dev.tidepool.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Follows a server's log: reads only what is new, and keeps what was written since the last test
 * ended. The first test of a server sees its start, too. Used by one thread.
 */
final class LogWatch {
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

  private final Path log;
  private final StringBuilder ofThisTest = new StringBuilder();
  private long read;

  /**
   * Begins to follow a log.
   *
   * @param from how many bytes of it are none of ours
   */
  LogWatch(Path log, long from) {
    this.log = log;
    this.read = from;
  }

  /** What was written since the last test ended, without colours. */
  String ofThisTest() {
    if (Files.exists(log)) {
      try (FileChannel channel = FileChannel.open(log)) {
        channel.position(read);
        InputStream rest = Channels.newInputStream(channel);
        byte[] bytes = rest.readAllBytes();
        int whole = endOfLines(bytes);
        read += whole;
        String text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
        ofThisTest.append(COLOURS.matcher(text).replaceAll(""));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ofThisTest.toString();
  }

  /** Where the last whole line ends; a part of a line is left for the next time. */
  private static int endOfLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /** The errors among it, each with all its lines. */
  List<String> complaints() {
    return LogComplaints.in(ofThisTest());
  }

  /** Forgets what was written until now. */
  void endTest() {
    ofThisTest();
    ofThisTest.setLength(0);
  }
}
