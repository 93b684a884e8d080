package dev.tidepool.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DigestingTest {
  @TempDir Path folder;

  @Test
  void modelIsFoundByTheHashOfItsWholeContent() throws IOException {
    Files.writeString(folder.resolve("sea.safetensors"), "the whole content");
    try (ModelIndex index = open()) {
      String sha256 = sha256("the whole content");
      index.index(List.of(ModelRoot.of(folder)), Progress.none());
      assertThat(index.find(sha256)).isEmpty();
      assertThat(index.digest(Progress.none())).isEmpty();
      assertThat(index.find(sha256))
          .singleElement()
          .satisfies(model -> assertThat(model.files().get(0).name()).isEqualTo("sea.safetensors"));
    }
  }

  @Test
  void modelThatWasReadIsNotReadAgain() throws IOException {
    Files.writeString(folder.resolve("sea.safetensors"), "the whole content");
    try (ModelIndex index = open()) {
      index.index(List.of(ModelRoot.of(folder)), Progress.none());
      index.digest(Progress.none());
      Files.delete(folder.resolve("sea.safetensors"));
      assertThat(index.digest(Progress.none())).isEmpty();
    }
  }

  @Test
  void fileThatIsAnotherByNowIsToldAndNotStored() throws IOException {
    Path file = folder.resolve("sea.safetensors");
    Files.writeString(file, "the whole content");
    try (ModelIndex index = open()) {
      index.index(List.of(ModelRoot.of(folder)), Progress.none());
      Files.writeString(file, "another content, and longer");
      assertThat(index.digest(Progress.none()))
          .singleElement()
          .satisfies(unreadable -> assertThat(unreadable.path()).isEqualTo(file));
      assertThat(index.files().get(0).sha256()).isNull();
    }
  }

  @Test
  void hashOfAnotherContentOfTheSameSizeIsNotStored() throws IOException {
    Path file = folder.resolve("sea.safetensors");
    Files.writeString(file, "the whole content");
    try (ModelIndex index = open()) {
      index.index(List.of(ModelRoot.of(folder)), Progress.none());
      Files.writeString(file, "THE WHOLE CONTENT");
      ModelTree.setTime(file, 1_700_000_000_000_000_000L);
      assertThat(index.digest(Progress.none())).hasSize(1);
      assertThat(index.files().get(0).sha256()).isNull();
    }
  }

  @Test
  void nextCopyIsReadWhenTheFirstIsNotThere() throws IOException {
    Files.writeString(folder.resolve("a.safetensors"), "the whole content");
    Files.writeString(folder.resolve("b.safetensors"), "the whole content");
    try (ModelIndex index = open()) {
      index.index(List.of(ModelRoot.of(folder)), Progress.none());
      Files.delete(folder.resolve("a.safetensors"));
      assertThat(index.digest(Progress.none())).isEmpty();
      assertThat(index.find(sha256("the whole content"))).hasSize(1);
    }
  }

  @Test
  void stoppingKeepsWhatWasRead() throws IOException {
    Files.writeString(folder.resolve("a.safetensors"), "the first content");
    Files.writeString(folder.resolve("b.safetensors"), "the second content");
    try (ModelIndex index = open()) {
      index.index(List.of(ModelRoot.of(folder)), Progress.none());
      Progress stopping =
          new Progress() {
            @Override
            public void advance(long units) {
              Thread.currentThread().interrupt();
            }
          };
      assertThatThrownBy(() -> index.digest(stopping))
          .isInstanceOf(TidepoolException.class)
          .hasMessageContaining("Stopped");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(index.files()).filteredOn(file -> file.sha256() != null).hasSizeLessThan(2);
      assertThat(index.digest(Progress.none())).isEmpty();
      assertThat(index.files()).allSatisfy(file -> assertThat(file.sha256()).isNotNull());
    }
  }

  private ModelIndex open() {
    return ModelIndex.open(folder.resolve("cache/models.db"), Clock.systemUTC());
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          java.security.MessageDigest.getInstance("SHA-256")
              .digest(text.getBytes(StandardCharsets.UTF_8));
      return java.util.HexFormat.of().formatHex(digest);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
