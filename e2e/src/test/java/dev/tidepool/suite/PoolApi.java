package dev.tidepool.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.harness.Answer;
import dev.tidepool.harness.ComfyApi;
import dev.tidepool.harness.Multipart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tidepool's routes. Thread-safe. */
final class PoolApi {
  /** A profile as the routes tell it. */
  record Profile(String id, String name) {}

  private final ComfyApi api;

  PoolApi(ComfyApi api) {
    this.api = api;
  }

  List<Profile> profiles() {
    List<Profile> profiles = new ArrayList<>();
    for (JsonNode entry : api.get("/grid_pool/profiles/list").path("profiles")) {
      profiles.add(profile(entry));
    }
    return profiles;
  }

  /** The profile of this name. */
  Profile profile(String name) {
    return profiles().stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no profile " + name + " among " + profiles()));
  }

  private static Profile profile(JsonNode entry) {
    return new Profile(entry.path("id").asText(), entry.path("name").asText());
  }

  Profile create(String name) {
    return profile(post("/grid_pool/profiles/create", Map.of("name", name)));
  }

  /** A new profile that holds one numbered picture of 64 by 48 pixels per name, from number 1. */
  Profile create(String name, String... images) {
    Profile profile = create(name);
    add(profile.id(), images);
    return profile;
  }

  Profile rename(Profile profile, String name) {
    return profile(post("/grid_pool/profiles/rename", Map.of("id", profile.id(), "name", name)));
  }

  void delete(Profile profile) {
    post("/grid_pool/profiles/delete", Map.of("id", profile.id()));
  }

  void deleteAllProfiles() {
    profiles().forEach(this::delete);
  }

  byte[] export(Profile profile) {
    return api.send("GET", "/grid_pool/profiles/export?id=" + profile.id()).successful().body();
  }

  Profile importArchive(byte[] archive) {
    Multipart form = new Multipart().file("file", "profile.zip", archive);
    return profile(api.post("/grid_pool/profiles/import", form).successful().json());
  }

  JsonNode pool(String id) {
    return api.get("/grid_pool/pools/" + id);
  }

  /** The names of the slots in their order. */
  List<String> names(String id) {
    List<String> names = new ArrayList<>();
    pool(id).path("slots").forEach(slot -> names.add(slot.path("name").asText()));
    return names;
  }

  /** The slot of this name. */
  JsonNode slot(String id, String name) {
    for (JsonNode slot : pool(id).path("slots")) {
      if (slot.path("name").asText().equals(name)) {
        return slot;
      }
    }
    throw new AssertionError("no slot " + name + " in pool " + id + ": " + names(id));
  }

  /** The name of the active slot. */
  String active(String id) {
    return pool(id).path("active").asText();
  }

  /** Adds one numbered picture of 64 by 48 pixels per name, from number 1. */
  void add(String id, String... names) {
    Multipart form = new Multipart();
    for (int i = 0; i < names.length; i++) {
      form.file("image", names[i], Pictures.png(Pictures.numbered(i + 1, 64, 48)));
    }
    add(id, form).successful();
  }

  Answer add(String id, Multipart images) {
    return api.post("/grid_pool/pools/" + id + "/images", images);
  }

  void remove(String id, String... names) {
    change(id, "remove", Map.of("names", List.of(names)));
  }

  void activate(String id, String name) {
    change(id, "activate", Map.of("name", name));
  }

  void label(String id, String name, String label) {
    change(id, "label", Map.of("name", name, "label", label));
  }

  void enable(String id, String name, boolean enabled) {
    change(id, "enable", Map.of("names", List.of(name), "enabled", enabled));
  }

  void attachMask(String id, String name, byte[] mask) {
    Multipart form = new Multipart().file("mask", "mask.png", mask);
    api.post("/grid_pool/pools/" + id + "/mask?name=" + ComfyApi.encode(name), form).successful();
  }

  byte[] image(String id, String name) {
    String query = "?name=" + ComfyApi.encode(name);
    return api.send("GET", "/grid_pool/pools/" + id + "/image" + query).successful().body();
  }

  private void change(String id, String what, Map<String, ?> body) {
    post("/grid_pool/pools/" + id + "/" + what, body);
  }

  private JsonNode post(String path, Map<String, ?> body) {
    return api.post(path, body).successful().json();
  }
}
