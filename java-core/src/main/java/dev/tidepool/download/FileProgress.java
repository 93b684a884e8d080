package dev.tidepool.download;

import dev.tidepool.io.Steps;

/**
 * Tells how far one of several downloads is: its bytes count in all, and each fifth of a large one
 * is said by its name. For one thread; the listener is shared.
 */
final class FileProgress {
  private static final int PARTS = 5;
  private static final long LARGE = 64L << 20;

  private final Steps steps;
  private final String name;
  private final boolean counted;
  private long size;
  private long done;
  private long told;

  /**
   * For one file.
   *
   * @param size as far as it is known, and then counted in all already; else -1
   */
  FileProgress(Steps steps, String name, long size) {
    this.steps = steps;
    this.name = name;
    this.size = size;
    this.counted = size >= 0;
  }

  /** The server says how large it is. */
  void expect(long bytes) {
    if (!counted && size < 0 && bytes >= 0) {
      size = bytes;
      steps.more(bytes);
    }
  }

  /** More came; less than nothing when it begins anew. */
  void advance(long bytes) {
    done += bytes;
    steps.advance(bytes);
    long part = size >= LARGE ? done * PARTS / size : 0;
    if (part > told && part < PARTS) {
      steps.at(name + " " + part * 100 / PARTS + "%");
    }
    told = part;
  }
}
