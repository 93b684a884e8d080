package dev.tidepool.nodepack;

/**
 * One entry of an archive, as it says of itself.
 *
 * @param name as it stands in the archive, unchecked
 * @param kind what it claims to be
 * @param executable whether it is a program
 * @param checksum the CRC-32 of its content; negative when the format has none
 */
record ArchiveMember(String name, Kind kind, boolean executable, long checksum) {
  enum Kind {
    FILE,
    FOLDER,
    /** A link, a device, or anything else that is no file. */
    OTHER
  }
}
