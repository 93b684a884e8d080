package dev.tidepool.image;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.util.Optional;

/**
 * AVIF, after <a href="https://aomediacodec.github.io/av1-avif/">the AVIF specification</a>,
 * sections 5 and 6 (brands), and ISO/IEC 14496-12 for the boxes.
 *
 * <p>A still picture's size comes from its {@code meta} box. A sequence (major brand {@code avis})
 * is shown in the size of its first picture track, as libavif does; a file without {@code meta}
 * likewise.
 */
final class AvifHeader implements HeaderReader {
  private static final int BRAND = 4;

  @Override
  public boolean recognises(ImageBytes file) throws IOException, BrokenHeaderException {
    return file.reads(BRAND, "ftyp") && brands(file).isPresent();
  }

  @Override
  public ImageHeader read(ImageBytes file) throws IOException, BrokenHeaderException {
    boolean isSequence = brands(file).orElseThrow().reads(0, "avis");
    Optional<IsoBox> movie = isSequence ? IsoBox.find(file, "moov") : Optional.empty();
    if (movie.isPresent()) {
      return track(movie.get().content());
    }
    Optional<IsoBox> meta = IsoBox.find(file, "meta");
    if (meta.isPresent()) {
      return AvifItem.primary(meta.get().content());
    }
    return track(IsoBox.require(file, "moov"));
  }

  /**
   * The brands of the {@code ftyp} box, if AVIF is one of them: major brand, minor version,
   * compatible brands, 4 bytes each.
   */
  private static Optional<ImageBytes> brands(ImageBytes file)
      throws IOException, BrokenHeaderException {
    ImageBytes brands = IsoBox.at(file, 0).content();
    for (long at = 0; brands.holds(at, BRAND); at += BRAND) {
      boolean isMinorVersion = at == BRAND;
      if (!isMinorVersion && (brands.reads(at, "avif") || brands.reads(at, "avis"))) {
        return Optional.of(brands);
      }
    }
    return Optional.empty();
  }

  /** The size of the first picture track (ISO/IEC 14496-12, sections 8.3.2 and 8.4.3). */
  private static ImageHeader track(ImageBytes movie) throws IOException, BrokenHeaderException {
    for (long at = 0; at < movie.length(); ) {
      IsoBox box = IsoBox.at(movie, at);
      if (box.type().equals("trak") && showsPictures(box.content())) {
        ImageBytes header = IsoBox.require(box.content(), "tkhd");
        // Version 1 has 64-bit times. Sizes are 16.16 fixed-point numbers.
        long sizes = IsoBox.version(header) == 1 ? 88 : 76;
        return ImageHeader.of(
            ImageFormat.AVIF,
            header.u16(sizes, BIG_ENDIAN),
            header.u16(sizes + 4, BIG_ENDIAN),
            false);
      }
      at = box.next();
    }
    throw new BrokenHeaderException("its AVIF data have no picture");
  }

  private static boolean showsPictures(ImageBytes track) throws IOException, BrokenHeaderException {
    ImageBytes media = IsoBox.require(track, "mdia");
    return IsoBox.require(media, "hdlr").reads(8, "pict");
  }
}
