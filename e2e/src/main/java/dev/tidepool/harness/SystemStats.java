package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server says of itself and its machine.
 *
 * @param comfyUi ComfyUI's version
 * @param python Python's version, with what it was built by
 * @param torch PyTorch's version
 * @param memoryTotal the machine's memory, in bytes
 * @param memoryFree what of it is free, in bytes
 * @param devices the names of what computes, such as {@code cpu}
 */
public record SystemStats(
    String comfyUi,
    String python,
    String torch,
    long memoryTotal,
    long memoryFree,
    List<String> devices) {
  /** Copies the devices. */
  public SystemStats {
    devices = List.copyOf(devices);
  }

  static SystemStats of(JsonNode stats) {
    JsonNode system = stats.path("system");
    List<String> devices = new ArrayList<>();
    stats.path("devices").forEach(device -> devices.add(device.path("name").asText()));
    return new SystemStats(
        system.path("comfyui_version").asText(),
        system.path("python_version").asText(),
        system.path("pytorch_version").asText(),
        system.path("ram_total").asLong(),
        system.path("ram_free").asLong(),
        devices);
  }
}
