package dev.tidepool.profile;

import dev.tidepool.pool.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A few small PNG files, all of the same size in bytes, so that only their content tells them
 * apart: number 3 is {@code 3.png} in the folder.
 */
record TestPictures(Path folder) {
  static final int COUNT = 6;

  static TestPictures make(Path folder) throws IOException {
    for (int i = 0; i < COUNT; i++) {
      TestImages.write(folder.resolve(i + ".png"), 2, 2, 0x010101 * (i + 1));
    }
    return new TestPictures(folder);
  }

  Path file(int number) {
    return folder.resolve(number + ".png");
  }

  /** Which of the pictures a file is. */
  int numberOf(Path file) throws IOException {
    return numberOf(Files.readAllBytes(file), file);
  }

  int numberOf(byte[] bytes, Object what) throws IOException {
    for (int i = 0; i < COUNT; i++) {
      if (Arrays.equals(bytes, Files.readAllBytes(file(i)))) {
        return i;
      }
    }
    throw new AssertionError(what + " is none of the pictures, " + bytes.length + " bytes");
  }
}
