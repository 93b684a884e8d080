package dev.tidepool.bridge;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One thing that Python can ask for. Throws {@code TidepoolException} for all that a user can meet.
 */
@FunctionalInterface
interface Operation {
  /** Carries the operation out on the calling thread and answers plain JSON. */
  JsonNode perform(Arguments arguments);
}
