package dev.tidepool.workflow;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** Says in few words why bytes are no JSON that can be read. */
final class JsonProblem {
  private JsonProblem() {}

  static String of(JacksonException e) {
    if (e instanceof JsonEOFException) {
      return "the file ends too early";
    }
    if (e instanceof StreamConstraintsException) {
      return "it is nested too deeply, or holds too many or too long values";
    }
    return "it is no JSON";
  }
}
