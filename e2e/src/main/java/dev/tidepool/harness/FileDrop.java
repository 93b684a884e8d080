package dev.tidepool.harness;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Drops files from outside the browser on an element, with the events that a browser sends. */
public final class FileDrop {
  /** A drag that copies, as the DevTools protocol numbers it. */
  private static final int COPY = 1;

  private FileDrop() {}

  /** Drops files on the middle of an element. */
  public static void on(Locator target, Path... files) {
    JSHandle transfer =
        target
            .page()
            .evaluateHandle(
                """
                files => {
                  const transfer = new DataTransfer();
                  for (const {name, type, content} of files) {
                    const bytes = Uint8Array.from(atob(content), char => char.charCodeAt(0));
                    transfer.items.add(new File([bytes], name, {type}));
                  }
                  return transfer;
                }
                """,
                Arrays.stream(files).map(FileDrop::described).toList());
    Map<String, Object> detail = Map.of("dataTransfer", transfer);
    for (String event : List.of("dragenter", "dragover", "drop")) {
      target.dispatchEvent(event, detail);
    }
    transfer.dispose();
  }

  /**
   * Drops files or folders on the middle of an element as the desktop does: the page can look into
   * the folders.
   */
  public static void fromDesktop(Locator target, Path... paths) {
    Page page = target.page();
    BoundingBox box = target.boundingBox();
    JsonObject data = new JsonObject();
    data.add("items", new JsonArray());
    JsonArray files = new JsonArray();
    for (Path path : paths) {
      files.add(path.toAbsolutePath().toString());
    }
    data.add("files", files);
    data.addProperty("dragOperationsMask", COPY);
    CDPSession session = page.context().newCDPSession(page);
    for (String event : List.of("dragEnter", "dragOver", "drop")) {
      JsonObject arguments = new JsonObject();
      arguments.addProperty("type", event);
      arguments.addProperty("x", box.x + box.width / 2);
      arguments.addProperty("y", box.y + box.height / 2);
      arguments.add("data", data);
      session.send("Input.dispatchDragEvent", arguments);
    }
    session.detach();
  }

  private static Map<String, String> described(Path file) {
    try {
      String type = Files.probeContentType(file);
      return Map.of(
          "name", String.valueOf(file.getFileName()),
          "type", type == null ? "" : type,
          "content", Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
