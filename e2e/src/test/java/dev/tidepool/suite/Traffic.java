package dev.tidepool.suite;

import com.microsoft.playwright.Page;

/** Counts the thumbnail requests of a page: how many there were, and how many at once. */
final class Traffic {
  private int underWay;
  private int most;
  private int all;

  Traffic(Page page) {
    page.onRequest(request -> count(request.url(), 1));
    page.onRequestFinished(request -> count(request.url(), -1));
    page.onRequestFailed(request -> count(request.url(), -1));
  }

  private void count(String url, int change) {
    if (url.contains("/thumbnail")) {
      underWay += change;
      most = Math.max(most, underWay);
      all += Math.max(0, change);
    }
  }

  /** Starts to count anew. */
  void begin() {
    most = underWay;
    all = 0;
  }

  int most() {
    return most;
  }

  int all() {
    return all;
  }
}
