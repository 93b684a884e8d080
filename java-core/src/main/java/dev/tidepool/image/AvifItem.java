package dev.tidepool.image;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.util.BitSet;

/**
 * The primary item of an AVIF file's {@code meta} box: its spatial extents and rotation.
 *
 * <p>After ISO/IEC 14496-12, section 8.11.4 ({@code pitm}), and ISO/IEC 23008-12, sections 6.5.3
 * ({@code ispe}), 6.5.10 ({@code irot}) and 9.3.1 ({@code ipco}, {@code ipma}):
 *
 * <pre>
 * meta: pitm: id of the primary item
 *       iprp: ipco: properties, numbered from 1: ispe width height | irot quarter turns | …
 *             ipma: per item: id, numbers of its properties
 * </pre>
 */
final class AvifItem {
  private AvifItem() {}

  /**
   * Reads the size of the primary item; other items, such as thumbnails and alpha, play no part.
   */
  static ImageHeader primary(ImageBytes meta) throws IOException, BrokenHeaderException {
    ImageBytes boxes = IsoBox.body(meta);
    ImageBytes properties = IsoBox.require(boxes, "iprp");
    BitSet numbers = numbers(properties, primaryId(boxes));
    return header(IsoBox.require(properties, "ipco"), numbers);
  }

  private static long primaryId(ImageBytes boxes) throws IOException, BrokenHeaderException {
    ImageBytes primary = IsoBox.require(boxes, "pitm");
    ImageBytes body = IsoBox.body(primary);
    return IsoBox.version(primary) == 0 ? body.u16(0, BIG_ENDIAN) : body.u32(0, BIG_ENDIAN);
  }

  /** The numbers of an item's properties. There may be several {@code ipma} boxes. */
  private static BitSet numbers(ImageBytes properties, long item)
      throws IOException, BrokenHeaderException {
    BitSet numbers = new BitSet();
    for (long at = 0; at < properties.length() && numbers.isEmpty(); ) {
      IsoBox box = IsoBox.at(properties, at);
      if (box.type().equals("ipma")) {
        addAssociated(box.content(), item, numbers);
      }
      at = box.next();
    }
    return numbers;
  }

  private static void addAssociated(ImageBytes associations, long item, BitSet numbers)
      throws IOException, BrokenHeaderException {
    boolean longIds = IsoBox.version(associations) >= 1;
    boolean longNumbers = (associations.u8(3) & 1) != 0;
    long entries = associations.u32(4, BIG_ENDIAN);
    long at = 8;
    // Each step reads on through the box, so its end stops a false count.
    for (long i = 0; i < entries; i++) {
      long id = longIds ? associations.u32(at, BIG_ENDIAN) : associations.u16(at, BIG_ENDIAN);
      at += longIds ? 4 : 2;
      int count = associations.u8(at++);
      for (int j = 0; j < count; j++) {
        // The highest bit marks a property as essential.
        int number =
            longNumbers ? associations.u16(at, BIG_ENDIAN) & 0x7fff : associations.u8(at) & 0x7f;
        at += longNumbers ? 2 : 1;
        if (id == item) {
          numbers.set(number);
        }
      }
      if (id == item) {
        return;
      }
    }
  }

  private static ImageHeader header(ImageBytes container, BitSet numbers)
      throws IOException, BrokenHeaderException {
    long width = 0;
    long height = 0;
    boolean sideways = false;
    long at = 0;
    for (int number = 1; number <= numbers.length() && at < container.length(); number++) {
      IsoBox box = IsoBox.at(container, at);
      if (numbers.get(number) && box.type().equals("ispe")) {
        ImageBytes body = IsoBox.body(box.content());
        width = body.u32(0, BIG_ENDIAN);
        height = body.u32(4, BIG_ENDIAN);
      } else if (numbers.get(number) && box.type().equals("irot")) {
        sideways = (box.content().u8(0) & 1) != 0;
      }
      at = box.next();
    }
    return ImageHeader.of(ImageFormat.AVIF, width, height, sideways);
  }
}
