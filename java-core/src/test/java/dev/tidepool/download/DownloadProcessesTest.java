package dev.tidepool.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.download.FileServer.Fault;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.SmallDevice;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads in processes that are killed, or whose disk is full. */
class DownloadProcessesTest {
  private FileServer server;
  private byte[] content;
  private URI uri;

  @TempDir Path temp;

  @BeforeEach
  void start() throws IOException {
    server = new FileServer();
    content = new byte[4 << 20];
    new Random(11).nextBytes(content);
    uri = server.file("/sea", content);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void killedDownloadGoesOnInTheNextProcess() throws IOException {
    Path folder = temp.resolve("models");
    server.fault("/sea", Fault.hang(1 << 20));
    try (ChildJvm child = ChildJvm.start(DownloadWorker.class, uri, folder, Sha256.of(content))) {
      long got = 0;
      while (got < 1 << 20) {
        got += Long.parseLong(String.valueOf(child.read()).replace("got ", ""));
      }
      child.kill();
    }
    assertThat(folder.resolve("sea.safetensors")).doesNotExist();
    try (ChildJvm child = ChildJvm.start(DownloadWorker.class, uri, folder, Sha256.of(content))) {
      assertThat(last(child)).isEqualTo("done");
    }
    assertThat(Files.readAllBytes(folder.resolve("sea.safetensors"))).isEqualTo(content);
    assertThat(server.asked()).containsExactly("/sea", "/sea bytes=" + (1 << 20) + "-");
  }

  @Test
  void fullDiskIsSaidAndLeavesNoFileOfThatName() throws Exception {
    Path device = Files.createDirectory(temp.resolve("device"));
    List<String> command = new ArrayList<>(SmallDevice.over(device));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DownloadWorker.class.getName(),
            uri.toString(),
            device.resolve("models").toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.strip()).endsWith("disk-full");
  }

  private static String last(ChildJvm child) throws IOException {
    String last = "";
    for (String line = child.read(); line != null; line = child.read()) {
      last = line;
    }
    return last;
  }
}
