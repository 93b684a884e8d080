package dev.tidepool.image;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.util.Optional;

/**
 * One box of an ISO base media file (ISO/IEC 14496-12, section 4.2): a size that counts its own
 * head, four letters, content. The size is 4 bytes; 1 announces 8 more bytes of it behind the
 * letters, 0 reaches to the end.
 *
 * @param type its four letters
 * @param content what follows the head
 * @param next where the next box starts in the container's bytes
 */
record IsoBox(String type, ImageBytes content, long next) {
  private static final int HEAD = 8;
  private static final int LONG_HEAD = 16;
  private static final int VERSION_AND_FLAGS = 4;

  /** The box at a place of its container. */
  static IsoBox at(ImageBytes container, long at) throws IOException, BrokenHeaderException {
    long size = container.u32(at, BIG_ENDIAN);
    int head = HEAD;
    if (size == 1) {
      size = container.u64(at + HEAD, BIG_ENDIAN);
      head = LONG_HEAD;
    } else if (size == 0) {
      size = container.length() - at;
    }
    // A size below that of the head is refused here as well.
    ImageBytes content = container.slice(at, size).from(head);
    return new IsoBox(letters(container, at + 4), content, at + size);
  }

  /** The first box of this type among a container's boxes. */
  static Optional<IsoBox> find(ImageBytes container, String type)
      throws IOException, BrokenHeaderException {
    long at = 0;
    while (container.holds(at, HEAD)) {
      IsoBox box = at(container, at);
      if (box.type.equals(type)) {
        return Optional.of(box);
      }
      at = box.next;
    }
    return Optional.empty();
  }

  /** The first box of this type, without which the file is broken. */
  static ImageBytes require(ImageBytes container, String type)
      throws IOException, BrokenHeaderException {
    return find(container, type)
        .orElseThrow(() -> new BrokenHeaderException("its box '" + type + "' is missing"))
        .content;
  }

  /** The version of a full box (section 4.2.2). */
  static int version(ImageBytes content) throws IOException, BrokenHeaderException {
    return content.u8(0);
  }

  /** The content of a full box behind version and flags. */
  static ImageBytes body(ImageBytes content) throws BrokenHeaderException {
    return content.from(VERSION_AND_FLAGS);
  }

  private static String letters(ImageBytes bytes, long at)
      throws IOException, BrokenHeaderException {
    StringBuilder letters = new StringBuilder(4);
    for (int i = 0; i < 4; i++) {
      letters.append((char) bytes.u8(at + i));
    }
    return letters.toString();
  }
}
