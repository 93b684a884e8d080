package dev.tidepool.harness;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine's own Chromium, driven by Playwright. The system property {@code tidepool.chromium}
 * names it when it is not {@code /usr/bin/chromium}. Playwright demands that one thread uses it.
 */
public final class Chromium implements AutoCloseable {
  private static final List<String> QUIET =
      List.of(
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts the browser without a window. */
  public static Chromium start() {
    Path program = Path.of(System.getProperty("tidepool.chromium", "/usr/bin/chromium"));
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          "no Chromium at " + program + "; install one, or name yours with -Dtidepool.chromium=…");
    }
    List<String> arguments = new ArrayList<>(QUIET);
    if (System.getProperty("user.name", "").equals("root")) {
      arguments.add("--no-sandbox");
    }
    // Playwright keeps this once for all; its own five seconds are little on a busy machine.
    PlaywrightAssertions.setDefaultAssertionTimeout((double) Patience.USUAL.toMillis());
    Playwright playwright = Playwright.create();
    NodeSelectors.register(playwright);
    BrowserType.LaunchOptions options =
        new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(arguments);
    return new Chromium(playwright, playwright.chromium().launch(options));
  }

  /** A fresh context: no cookies, no storage, no cache. */
  public BrowserContext newContext() {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setViewportSize(1600, 1000)
            .setAcceptDownloads(true)
            .setLocale("en-US")
            .setReducedMotion(ReducedMotion.REDUCE));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
