package dev.tidepool.image;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * The first directory (IFD) of a TIFF structure, as in TIFF files and EXIF data.
 *
 * <p>After TIFF 6.0, section 2, and <a href="http://bigtiff.org/">BigTIFF</a>:
 *
 * <pre>
 *            byte order  version  offset of the IFD        IFD: count  entries of tag, type, count, value
 * TIFF       II or MM    42       4 bytes                       2      12 bytes: 2, 2, 4, 4
 * BigTIFF    II or MM    43       8, 0 (2 each), 8 bytes        8      20 bytes: 2, 2, 8, 8
 * </pre>
 */
final class TiffDirectory {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int ORIENTATION = 274;

  private static final int TYPE_BYTE = 1;
  private static final int TYPE_SHORT = 3;
  private static final int TYPE_LONG = 4;
  private static final int TYPE_LONG8 = 16;

  private final ImageBytes tiff;
  private final ByteOrder order;
  private final boolean big;
  private final long entries;
  private final long count;

  private TiffDirectory(ImageBytes tiff, ByteOrder order, boolean big, long entries, long count) {
    this.tiff = tiff;
    this.order = order;
    this.big = big;
    this.entries = entries;
    this.count = count;
  }

  /** Whether the bytes start like a TIFF or BigTIFF structure. */
  static boolean recognises(ImageBytes tiff) throws IOException, BrokenHeaderException {
    return tiff.reads(0, "II*\0")
        || tiff.reads(0, "MM\0*")
        || tiff.reads(0, "II+\0\u0008\0\0\0")
        || tiff.reads(0, "MM\0+\0\u0008\0\0");
  }

  /** Finds the first directory of recognised bytes. */
  static TiffDirectory first(ImageBytes tiff) throws IOException, BrokenHeaderException {
    ByteOrder order = tiff.u8(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    if (tiff.u16(2, order) == 42) {
      long at = tiff.u32(4, order);
      return new TiffDirectory(tiff, order, false, at + 2, tiff.u16(at, order));
    }
    long at = tiff.u64(8, order);
    return new TiffDirectory(tiff, order, true, at + 8, tiff.u64(at, order));
  }

  /** The single unsigned number with this tag; 0 when there is none. */
  long number(int tag) throws IOException, BrokenHeaderException {
    int entryLength = big ? 20 : 12;
    // Each step reads on through the file, so its end or the allowance stops a false count.
    for (long i = 0, at = entries; i < count; i++, at += entryLength) {
      if (tiff.u16(at, order) == tag) {
        return value(at);
      }
    }
    return 0;
  }

  private long value(long entry) throws IOException, BrokenHeaderException {
    long values = big ? tiff.u64(entry + 4, order) : tiff.u32(entry + 4, order);
    if (values != 1) {
      return 0;
    }
    long at = entry + (big ? 12 : 8);
    return switch (tiff.u16(entry + 2, order)) {
      case TYPE_BYTE -> tiff.u8(at);
      case TYPE_SHORT -> tiff.u16(at, order);
      case TYPE_LONG -> tiff.u32(at, order);
      case TYPE_LONG8 -> big ? tiff.u64(at, order) : 0;
      default -> 0;
    };
  }
}
