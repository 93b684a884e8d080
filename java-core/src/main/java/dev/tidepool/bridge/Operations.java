package dev.tidepool.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.resolution.Contents;
import dev.tidepool.resolution.IndexedContents;
import dev.tidepool.workspace.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** All operations by name. Immutable. */
final class Operations {
  private final Map<String, Operation> table;

  Operations(Map<String, Operation> table) {
    this.table = Map.copyOf(table);
  }

  /** Everything that the door offers. */
  static Operations standard(Events events, LogFeed logFeed) {
    Map<String, Operation> table = new HashMap<>();
    Clock clock = Clock.systemUTC();
    Stores stores = new Stores(clock);
    Workspace workspace = Workspace.of(System.getenv(), Path.of("").toAbsolutePath());
    Contents contents = new IndexedContents(workspace.modelIndex(), clock);
    table.putAll(new EventOperations(events, logFeed).table());
    table.putAll(new ProfileOperations(stores, events, clock).table());
    table.putAll(new PoolOperations(stores, events).table());
    table.putAll(new ModelOperations(contents).table());
    return new Operations(table);
  }

  /** These operations and more. */
  Operations and(Map<String, Operation> more) {
    Map<String, Operation> both = new HashMap<>(table);
    both.putAll(more);
    return new Operations(both);
  }

  JsonNode perform(String name, Arguments arguments) {
    Operation operation = table.get(name);
    if (operation == null) {
      throw new TidepoolException(
          ErrorKind.INVALID,
          "operation-unknown",
          "There is no operation \"" + name + "\"",
          "The Python package and the Java core are of different versions: install both from one release");
    }
    return operation.perform(arguments);
  }
}
