package dev.tidepool.comfyui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.ProcessRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
  @TempDir Path folder;
  private Prepared prepared;
  private ProcessRunner runner;

  @BeforeEach
  void makeComfyUi() throws IOException {
    ComfyUi comfyUi = ComfyUi.in(FakeComfyUi.write(folder.resolve("ComfyUI"), "0.2.0"));
    runner = new ProcessRunner(System.getenv(), folder.resolve("run.log"));
    Path python =
        new dev.tidepool.python.PythonTools(folder, runner).best().orElseThrow().program();
    prepared = new Prepared(comfyUi, python, "");
  }

  @Test
  void answersAndThenEndsAsByCtrlC() {
    try (PortReservation port = PortReservation.of(Optional.empty(), folder.resolve("ports"));
        Server server = Server.start(prepared, port.port(), List.of("--cpu"), runner)) {
      assertThat(server.awaitReady()).isTrue();
      assertThat(server.address()).isEqualTo(URI.create("http://127.0.0.1:" + port.port()));
      assertThat(server.stop()).isZero();
      assertThat(prepared.comfyUi().folder().resolve("stopped.txt"))
          .content()
          .isEqualTo("--port " + port.port() + " --disable-auto-launch --cpu\n");
    }
  }

  @Test
  void serverThatFailsTellsItsCode() {
    try (Server server = Server.start(prepared, 1, List.of("--fail"), runner)) {
      assertThat(server.awaitReady()).isFalse();
      assertThat(server.awaitEnd()).isEqualTo(5);
    }
  }

  @Test
  void takenPortIsRefusedWhenNamedAndElsePassedOver() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int taken = socket.getLocalPort();
      TidepoolException error =
          catchThrowableOfType(
              TidepoolException.class,
              () -> PortReservation.of(Optional.of(taken), folder.resolve("ports")));
      assertThat(error.code()).isEqualTo("port-taken");
      assertThat(error.text()).contains(Integer.toString(taken));
    }
  }

  @Test
  void reservedPortIsPassedOver() {
    Path ports = folder.resolve("ports");
    try (PortReservation first = PortReservation.of(Optional.empty(), ports);
        PortReservation second = PortReservation.of(Optional.empty(), ports)) {
      assertThat(first.port()).isGreaterThanOrEqualTo(PortReservation.DEFAULT);
      assertThat(second.port()).isGreaterThan(first.port());
    }
  }

  @Test
  void pageShowsTheExample() {
    URI server = URI.create("http://127.0.0.1:8188");
    assertThat(Browser.page(server, Optional.of("first_steps")))
        .hasToString("http://127.0.0.1:8188/?template=first_steps&source=comfyui-tidepool");
    assertThat(Browser.page(server, Optional.of("a b&c"))).hasToString("http://127.0.0.1:8188/");
    assertThat(Browser.page(server, Optional.empty())).hasToString("http://127.0.0.1:8188/");
  }
}
