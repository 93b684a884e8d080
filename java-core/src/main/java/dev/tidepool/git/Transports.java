package dev.tidepool.git;

/** Where repositories may be fetched from. */
public enum Transports {
  /** Only from servers: addresses in node packs and workflows are not trusted with local files. */
  NETWORK,
  /** Also from folders of this machine, which the user named. */
  ALSO_LOCAL
}
