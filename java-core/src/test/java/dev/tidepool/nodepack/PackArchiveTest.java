package dev.tidepool.nodepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackArchiveTest {
  private Path archive;
  private Path target;

  enum Kind {
    ZIP,
    TAR
  }

  @BeforeEach
  void prepare(@TempDir Path folder) throws IOException {
    Path spaced = Files.createDirectories(folder.resolve("mit Leerzeichen ü"));
    archive = spaced.resolve("archive");
    target = spaced.resolve("pack");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void unpacksFilesWithFoldersAndUmlauts(Kind kind) throws IOException {
    write(kind, List.of("__init__.py", "js/ä b.js", "web/deep/er/x.txt"));
    new PackArchive(archive, "a").unpack(target);
    assertThat(names()).containsExactly("__init__.py", "js/ä b.js", "web/deep/er/x.txt");
    assertThat(target.resolve("js/ä b.js")).hasContent("content of js/ä b.js");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void leavesOutTheOneFolderThatHoldsAll(Kind kind) throws IOException {
    write(kind, List.of("pack-1.0/__init__.py", "pack-1.0/js/a.js"));
    new PackArchive(archive, "a").unpack(target);
    assertThat(names()).containsExactly("__init__.py", "js/a.js");
  }

  @ParameterizedTest
  @CsvSource({
    "../x, archive-entry-unsafe",
    "a/../../x, archive-entry-unsafe",
    "/etc/x, archive-entry-unsafe",
    "C:/x, archive-entry-unsafe",
    "a//b, archive-entry-unsafe",
    "./../x, archive-entry-unsafe",
    ".git/hooks/post-checkout, archive-entry-git",
    "sub/.GIT/config, archive-entry-git",
    "'.git /config', archive-entry-git",
    ".git./config, archive-entry-git",
    "GIT~1/config, archive-entry-git",
    ".git, archive-entry-git",
    "ok.py, archive-entry-duplicate",
    "OK.PY, archive-entry-duplicate",
    "ok.py/x, archive-entry-duplicate",
  })
  void refusesNamesBeforeAnythingIsWritten(String name, String code) throws IOException {
    for (Kind kind : Kind.values()) {
      write(kind, List.of("ok.py", "good/a.py", name));
      assertRefused(code);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void refusesFoldersThatDifferInCaseOnly(Kind kind) throws IOException {
    write(kind, List.of("js/a.js", "JS/b.js"));
    assertRefused("archive-entry-duplicate");
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_FIFO
      })
  void refusesLinksAndDevices(byte type) throws IOException {
    try (TarArchiveOutputStream tar = tar(Files.newOutputStream(archive))) {
      add(tar, "a.py", "x");
      TarArchiveEntry entry = new TarArchiveEntry("b", type);
      entry.setLinkName("/etc/passwd");
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
    assertRefused("archive-entry-link");
  }

  @Test
  void refusesLinksInZips() throws IOException {
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
      ZipArchiveEntry entry = new ZipArchiveEntry("link");
      entry.setUnixMode(0120777);
      zip.putArchiveEntry(entry);
      zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
      zip.closeArchiveEntry();
    }
    assertRefused("archive-entry-link");
  }

  @Test
  void refusesBombs() throws IOException {
    byte[] zeros = new byte[1 << 20];
    try (TarArchiveOutputStream tar = tar(Files.newOutputStream(archive))) {
      TarArchiveEntry entry = new TarArchiveEntry("zeros.bin");
      entry.setSize(100L << 20);
      tar.putArchiveEntry(entry);
      for (int i = 0; i < 100; i++) {
        tar.write(zeros);
      }
      tar.closeArchiveEntry();
    }
    assertRefused("archive-bomb");
  }

  @Test
  void refusesTooManyEntries() throws IOException {
    try (TarArchiveOutputStream tar = tar(Files.newOutputStream(archive))) {
      for (int i = 0; i <= 50_000; i++) {
        add(tar, "f" + i, "");
      }
    }
    assertRefused("archive-too-many-entries");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void refusesEveryTruncation(Kind kind) throws IOException {
    write(kind, List.of("__init__.py", "js/a.js", "b.py"));
    byte[] whole = Files.readAllBytes(archive);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(archive, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> new PackArchive(archive, "a").unpack(target))
          .as("%d bytes", length)
          .isInstanceOf(TidepoolException.class);
      assertThat(target).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void noticesEveryFlippedByteOfTheContent(Kind kind) throws IOException {
    write(kind, List.of("__init__.py"));
    byte[] whole = Files.readAllBytes(archive);
    String expected = "content of __init__.py";
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 0x55;
      Files.write(archive, flipped);
      dev.tidepool.io.Folders.delete(target);
      try {
        new PackArchive(archive, "a").unpack(target);
        // What is not content, such as a time, may be anything.
        try (Stream<Path> all = Files.walk(target)) {
          assertThat(all.filter(Files::isRegularFile))
              .allSatisfy(f -> assertThat(f).hasContent(expected));
        }
      } catch (TidepoolException e) {
        assertThat(e.code()).startsWith("archive-");
      }
    }
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    Files.writeString(archive, "<html>Not found</html>");
    assertRefused("archive-format-unknown");
  }

  private void assertRefused(String code) {
    assertThatThrownBy(() -> new PackArchive(archive, "a").unpack(target))
        .isInstanceOfSatisfying(TidepoolException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(target).doesNotExist();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.walk(target)) {
      return all.filter(Files::isRegularFile)
          .map(file -> target.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private void write(Kind kind, List<String> names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (kind == Kind.ZIP) {
      try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
        for (String name : names) {
          zip.putArchiveEntry(new ZipArchiveEntry(name));
          zip.write(("content of " + name).getBytes(StandardCharsets.UTF_8));
          zip.closeArchiveEntry();
        }
      }
    } else {
      try (TarArchiveOutputStream tar = tar(bytes)) {
        for (String name : names) {
          add(tar, name, "content of " + name);
        }
      }
    }
    Files.write(archive, bytes.toByteArray());
  }

  private static TarArchiveOutputStream tar(OutputStream out) throws IOException {
    return new TarArchiveOutputStream(new GZIPOutputStream(out), "UTF-8");
  }

  private static void add(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
