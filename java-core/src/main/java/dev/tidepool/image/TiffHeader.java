package dev.tidepool.image;

import java.io.IOException;

/**
 * TIFF 6.0 and BigTIFF: the first picture's ImageWidth (256), ImageLength (257) and Orientation
 * (274).
 */
final class TiffHeader implements HeaderReader {
  @Override
  public boolean recognises(ImageBytes file) throws IOException, BrokenHeaderException {
    return TiffDirectory.recognises(file);
  }

  @Override
  public ImageHeader read(ImageBytes file) throws IOException, BrokenHeaderException {
    TiffDirectory directory = TiffDirectory.first(file);
    return ImageHeader.of(
        ImageFormat.TIFF,
        directory.number(TiffDirectory.WIDTH),
        directory.number(TiffDirectory.HEIGHT),
        ExifOrientation.isSideways(directory));
  }
}
