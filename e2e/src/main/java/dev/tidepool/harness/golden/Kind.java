package dev.tidepool.harness.golden;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file that a node put out is, told by its content. */
public enum Kind {
  /** A still image. */
  IMAGE,
  /** An image that moves. */
  ANIMATION,
  /** Sound. */
  AUDIO,
  /** Film. */
  VIDEO,
  /** Tensors in the safetensors format, such as latents. */
  TENSORS,
  /** Text in UTF-8. */
  TEXT,
  /** Anything else. */
  OTHER;

  /** The word for it in files and messages. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Kind of(String fileName, byte[] bytes) {
    Signature start = new Signature(bytes);
    if (start.has(0, PngChunks.SIGNATURE)) {
      return PngChunks.moves(bytes) ? ANIMATION : IMAGE;
    }
    if (start.has(0, "RIFF") && start.has(8, "WEBP")) {
      return start.has(12, "VP8X") && (bytes[20] & 2) != 0 ? ANIMATION : IMAGE;
    }
    if (start.has(0, "GIF8")) {
      return ANIMATION;
    }
    if (start.has(0, "\u00ff\u00d8\u00ff")
        || start.has(0, "II*\0")
        || start.has(0, "MM\0*")
        || (start.has(0, "BM") && fileName.toLowerCase(Locale.ROOT).endsWith(".bmp"))) {
      return IMAGE;
    }
    if ((start.has(0, "RIFF") && start.has(8, "WAVE"))
        || start.has(0, "fLaC")
        || start.has(0, "OggS")
        || start.has(0, "ID3")
        || start.has(0, "\u00ff\u00fb")
        || start.has(4, "ftypM4A")) {
      return AUDIO;
    }
    if (start.has(4, "ftyp") || start.has(0, "\u001aE\u00df\u00a3")) {
      return VIDEO;
    }
    if (Tensors.parse(bytes).isPresent()) {
      return TENSORS;
    }
    return isText(bytes) ? TEXT : OTHER;
  }

  private static boolean isText(byte[] bytes) {
    for (byte one : bytes) {
      if (one == 0) {
        return false;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** What a file begins with. */
  private record Signature(byte[] bytes) {
    /** Whether these characters, each a byte, lie at this place, with more behind them. */
    boolean has(int offset, String expected) {
      if (bytes.length < Math.max(offset + expected.length(), 24)) {
        return false;
      }
      for (int i = 0; i < expected.length(); i++) {
        if ((bytes[offset + i] & 0xff) != expected.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }
}
