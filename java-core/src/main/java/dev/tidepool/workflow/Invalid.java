package dev.tidepool.workflow;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import org.jspecify.annotations.Nullable;

/** Makes the errors about what is no workflow: which file, where in it, and why. */
final class Invalid {
  private static final String HINT =
      "A workflow is what ComfyUI's menu saves with \"Save\" or \"Export (API)\".";

  private final byte[] bytes;
  private final String file;

  Invalid(byte[] bytes, String file) {
    this.bytes = bytes;
    this.file = file;
  }

  /** The whole file is something else. */
  TidepoolException file(String reason) {
    return error(null, "", reason);
  }

  /** A value in the file is not what belongs there. */
  TidepoolException at(JsonValue value, String reason) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < value.start(); i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int column = 1;
    for (int i = lineStart; i < value.start(); i++) {
      // Bytes that continue a character of UTF-8 are no columns of their own.
      column += (bytes[i] & 0xc0) == 0x80 ? 0 : 1;
    }
    return error(null, place(line, column), reason);
  }

  /** The file is no JSON. */
  TidepoolException json(JacksonException e) {
    @Nullable JsonLocation location = e.getLocation();
    String place =
        location == null || location.getLineNr() < 1
            ? ""
            : place(location.getLineNr(), location.getColumnNr());
    return error(e, place, JsonProblem.of(e));
  }

  private static String place(int line, int column) {
    return ", line " + line + ", column " + column;
  }

  private TidepoolException error(@Nullable Throwable cause, String place, String reason) {
    String message = "Not a workflow: " + file + place + ": " + reason + ".";
    return new TidepoolException(cause, ErrorKind.MALFORMED, "workflow-invalid", message, HINT);
  }
}
