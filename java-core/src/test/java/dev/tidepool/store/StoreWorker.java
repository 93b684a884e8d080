package dev.tidepool.store;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.http.Pauses;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Sends or gets a bundle in a process of its own, and says what came of it. */
public final class StoreWorker {
  private StoreWorker() {}

  /** Takes {@code push} or {@code fetch}, the address, a cache, a file, the port of S3. */
  public static void main(String[] arguments) {
    Map<String, String> variables =
        new HashMap<>(S3Server.variables(Integer.parseInt(arguments[4])));
    HttpPatience patience =
        new HttpPatience(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), 1);
    Stores stores =
        new Stores(
            variables,
            Path.of(arguments[2]),
            true,
            patience,
            Pauses.real(),
            new StoreLocks(),
            Clock.systemUTC());
    StoreAddress address = StoreAddress.parse(arguments[1]);
    try {
      if (arguments[0].equals("push")) {
        Pushed pushed = stores.push(address, Path.of(arguments[3]), false, Steps.silent());
        System.out.println("sent " + pushed.sent());
      } else {
        System.out.println(stores.fetch(address, Steps.silent()).file());
      }
    } catch (TidepoolException e) {
      System.out.println(e.code());
    }
  }
}
