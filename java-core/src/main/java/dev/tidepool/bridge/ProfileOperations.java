package dev.tidepool.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import dev.tidepool.profile.Choices;
import dev.tidepool.profile.Export;
import dev.tidepool.profile.Profile;
import dev.tidepool.profile.ProfileStore;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The operations {@code profile.…}. All take {@code base}, the absolute folder of the pools; a
 * profile answers as
 *
 * <pre>{@code {"id": "p1", "name": "Portraits", "created": 1767225600000}}</pre>
 */
final class ProfileOperations {
  private final Stores stores;
  private final Events events;
  private final Clock clock;

  ProfileOperations(Stores stores, Events events, Clock clock) {
    this.stores = stores;
    this.events = events;
    this.clock = clock;
  }

  Map<String, Operation> table() {
    return Map.of(
        "profile.list", this::list,
        "profile.find", this::find,
        "profile.resolve", this::resolve,
        "profile.create", this::create,
        "profile.rename", this::rename,
        "profile.duplicate", this::duplicate,
        "profile.delete", this::delete,
        "profile.restore", this::restore,
        "profile.export", this::exportTo,
        "profile.import", this::importFrom);
  }

  private JsonNode list(Arguments arguments) {
    ObjectNode answer = Json.object();
    ArrayNode profiles = answer.putArray("profiles");
    stores.of(arguments).list().forEach(profile -> profiles.add(describe(profile)));
    return answer;
  }

  private JsonNode find(Arguments arguments) {
    String wanted = arguments.text("profile");
    return describe(
        stores
            .of(arguments)
            .find(wanted)
            .orElseThrow(
                () ->
                    new TidepoolException(
                        ErrorKind.NOT_FOUND,
                        "profile-not-found",
                        "There is no profile \"" + wanted + "\"",
                        "List the profiles to see their names and ids")));
  }

  private JsonNode resolve(Arguments arguments) {
    String id = arguments.optionalText("id").orElse("");
    String name = arguments.optionalText("name").orElse("");
    return Json.object().put("id", new Choices(stores.of(arguments)).resolve(id, name));
  }

  private JsonNode create(Arguments arguments) {
    ProfileStore store = stores.of(arguments);
    String name = arguments.text("name");
    Optional<String> id = arguments.optionalText("id");
    long created = arguments.optionalNumber("created").orElseGet(clock::millis);
    return describe(id.isPresent() ? store.create(name, id.get(), created) : store.create(name));
  }

  private JsonNode rename(Arguments arguments) {
    return describe(stores.of(arguments).rename(arguments.text("id"), arguments.text("name")));
  }

  private JsonNode duplicate(Arguments arguments) {
    String id = arguments.text("id");
    String name = arguments.text("name");
    return ProgressFeed.during(
        events,
        arguments,
        progress -> describe(stores.of(arguments).duplicate(id, name, progress)));
  }

  private JsonNode delete(Arguments arguments) {
    return Json.object().put("deleted", stores.of(arguments).delete(arguments.text("id")));
  }

  private JsonNode restore(Arguments arguments) {
    return describe(stores.of(arguments).restore(arguments.text("id")));
  }

  private JsonNode exportTo(Arguments arguments) {
    return ProgressFeed.during(events, arguments, progress -> exportTo(arguments, progress));
  }

  private JsonNode exportTo(Arguments arguments, Progress progress) {
    Export export =
        stores.of(arguments).exportTo(arguments.text("id"), arguments.path("file"), progress);
    ObjectNode answer = Json.object();
    answer.put("file", export.file().toString());
    answer.put("bytes", export.bytes());
    answer.put("files", export.files());
    return answer;
  }

  private JsonNode importFrom(Arguments arguments) {
    return ProgressFeed.during(
        events,
        arguments,
        progress ->
            describe(
                stores
                    .of(arguments)
                    .importFrom(
                        arguments.path("file"),
                        arguments.optionalText("name").orElse(null),
                        progress)));
  }

  private static JsonNode describe(Profile profile) {
    ObjectNode node = Json.object();
    node.put("id", profile.id());
    node.put("name", profile.name());
    node.put("created", profile.created());
    return node;
  }
}
