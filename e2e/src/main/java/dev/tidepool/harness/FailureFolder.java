package dev.tidepool.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that a failed test leaves: {@code trace.zip} for Playwright's trace viewer, a picture
 * of each tab, what the pages printed, and the server's log.
 */
final class FailureFolder {
  private final Path folder;

  /** The folder for a test; its place is the system property {@code tidepool.failures}. */
  FailureFolder(String test) {
    Path parent = Path.of(System.getProperty("tidepool.failures", "target/failures"));
    this.folder = parent.resolve(test.replaceAll("[^A-Za-z0-9._-]+", "-")).toAbsolutePath();
  }

  Path path() {
    return folder;
  }

  void keepPages(BrowserContext context, List<BrowserContext> others, ConsoleWatch console)
      throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("console.txt"), console.lines());
    try {
      List<Page> pages = new ArrayList<>(context.pages());
      others.forEach(other -> pages.addAll(other.pages()));
      for (int i = 0; i < pages.size(); i++) {
        Path picture = folder.resolve("tab-" + (i + 1) + ".png");
        pages.get(i).screenshot(new Page.ScreenshotOptions().setPath(picture).setTimeout(5000));
      }
      context.tracing().stop(new Tracing.StopOptions().setPath(folder.resolve("trace.zip")));
    } catch (PlaywrightException e) {
      // A page that hangs must not hide why the test failed.
      Files.writeString(folder.resolve("no-picture.txt"), String.valueOf(e.getMessage()));
    }
  }

  void keepLog(ComfyUi server) throws IOException {
    Files.createDirectories(folder);
    Files.copy(
        server.log(),
        folder.resolve("server.log"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
