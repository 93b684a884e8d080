package dev.tidepool.origin;

/**
 * An address that was checked: its server says that it has the model.
 *
 * @param url what to download from; without secrets
 * @param type {@code civitai}, {@code huggingface} or {@code url}
 * @param given what it was before it was put right, such as the address of a page about the file;
 *     the same text otherwise
 * @param why in a sentence's end: {@code CivitAI lists this SHA-256 there}
 */
public record Address(String url, String type, String given, Proof proof, String why) {
  /** What an address was believed for, the best first. */
  public enum Proof {
    /** The server names the SHA-256 of the file, and it is the model's. */
    CONTENT,
    /** The server only says how long the file is, and that is right. */
    SIZE
  }
}
