package dev.tidepool.image;

import java.io.IOException;

/** Knows the header of one format. */
interface HeaderReader {
  /** Whether the file bears the format's signature; false too when it is too short for one. */
  boolean recognises(ImageBytes file) throws IOException, BrokenHeaderException;

  /**
   * Reads the size of a recognised file.
   *
   * @throws BrokenHeaderException when the header contradicts the format or ends too early
   */
  ImageHeader read(ImageBytes file) throws IOException, BrokenHeaderException;
}
