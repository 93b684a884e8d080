package dev.tidepool.nodepack;

import dev.tidepool.http.ApiCache;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.io.StoreLocks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Packs from a registry of a test, which is waited for only shortly. */
public final class TestPacks {
  private TestPacks() {}

  /** The packs of the registry, with caches below a folder. */
  public static Packs of(RegistryServer server, Path caches) {
    HttpPatience patience =
        new HttpPatience(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(2), 2);
    Clock clock = Clock.systemUTC();
    Registry registry =
        Registry.at(
            RegistryAddress.of(Map.of(RegistryAddress.VARIABLE, server.address())),
            new ApiCache(caches.resolve("api_cache"), clock),
            Registry.http(patience, length -> {}));
    Path custom = caches.resolve("custom_nodes");
    return new Packs(
        registry,
        new PackCache(custom, new StoreLocks(), clock),
        new NodeMappings(custom.resolve("node_mappings.json")),
        new ClonedPacks());
  }
}
