package dev.tidepool.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFormatTest {
  @ParameterizedTest
  @CsvSource({
    "a.png, PNG",
    "a.apng, PNG",
    "a.jpg, JPEG",
    "a.jpeg, JPEG",
    "a.jpe, JPEG",
    "a.jfif, JPEG",
    "a.webp, WEBP",
    "a.gif, GIF",
    "a.bmp, BMP",
    "a.dib, BMP",
    "a.tif, TIFF",
    "a.tiff, TIFF",
    "a.avif, AVIF",
    "a.b.JPG, JPEG",
    ".png, PNG"
  })
  void fileNameTellsTheClaimedFormat(String name, ImageFormat format) {
    assertThat(ImageFormat.ofFileName(name)).contains(format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "png", "a", "a.", "a.txt", "a.png.bak", "a.png "})
  void otherFileNamesClaimNoFormat(String name) {
    assertThat(ImageFormat.ofFileName(name)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void usualExtensionIsTheFirstOfAll(ImageFormat format) {
    assertThat(format.extensions()).startsWith(format.extension());
    assertThat(ImageFormat.ofFileName("a." + format.extension())).contains(format);
  }

  @Test
  void turkishDottedIDoesNotHideAnExtension() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertThat(ImageFormat.ofFileName("A.GIF")).contains(ImageFormat.GIF);
    } finally {
      Locale.setDefault(before);
    }
  }
}
