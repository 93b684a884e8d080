package dev.tidepool.harness;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
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
