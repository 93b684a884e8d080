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
 * {@code tab-1.png} of each tab, what the pages printed in {@code console.txt}, the requests that
 * failed in {@code network.txt}, and the server's log, whole in {@code server.log} and of this test
 * in {@code server-this-test.log}.
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
    keepLines("console.txt", console.lines());
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

  void keepLines(String file, List<String> lines) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(file), lines);
  }

  /** Keeps the whole log, and what of it was written since the test before ended. */
  void keepLog(ComfyUi server, String ofThisTest) throws IOException {
    keepLines("server-this-test.log", ofThisTest.lines().toList());
    Files.copy(
        server.log(),
        folder.resolve("server.log"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
