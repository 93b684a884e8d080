package dev.tidepool.comfyui;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether this machine has a graphics card that ComfyUI can compute on. */
public final class Graphics {
  private static final List<String> DEVICES = List.of("nvidia0", "nvidiactl", "kfd");

  private Graphics() {}

  /**
   * Whether a card is seen: a device of NVIDIA's or AMD's driver, or {@code nvidia-smi} that lists
   * one. A Mac has its own.
   *
   * @param devices the folder {@code /dev}
   */
  public static boolean seen(Path devices, ProcessRunner runner) {
    if (isMac() || DEVICES.stream().anyMatch(name -> Files.exists(devices.resolve(name)))) {
      return true;
    }
    // To start a program that is not there takes longer than to look for it.
    Optional<Path> nvidia = runner.find("nvidia-smi");
    try {
      return nvidia.isPresent()
          && runner
              .run(Job.in(Path.of("").toAbsolutePath(), List.of(nvidia.get().toString(), "-L")))
              .succeeded();
    } catch (TidepoolException e) {
      if (e.code().equals("program-unusable")) {
        return false;
      }
      throw e;
    }
  }

  /** Whether this is a Mac, whose PyTorch comes from the package index only. */
  static boolean isMac() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
  }
}
