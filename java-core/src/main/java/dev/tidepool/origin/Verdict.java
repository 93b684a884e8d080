package dev.tidepool.origin;

import dev.tidepool.origin.Address.Proof;

/** What became of one address. */
sealed interface Verdict {
  /** It is believed. */
  record Believed(Address address) implements Verdict {}

  /** It is not. */
  record Doubted(Doubt doubt) implements Verdict {}

  static Verdict believed(String url, String type, String given, Proof proof, String why) {
    return new Believed(new Address(url, type, given, proof, why));
  }

  static Verdict doubted(String url, String reason, String why) {
    return new Doubted(new Doubt(url, reason, why));
  }

  /** The end of what was said of a file whose length is another. */
  static Verdict otherSize(String url, long said, long wanted) {
    return doubted(url, "size-differs", "it says " + said + " bytes, and the model has " + wanted);
  }
}
